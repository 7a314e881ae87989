"""Who may do what at every address: data, walked by `test_table.py`. An address without a row fails there.

A row is read from left to right: address and method, what each of the cast gets, and of whom it may be seen.
The cast stands in this order:

    A nobody signed in     R requester            M member of the same organisation   P copied on the request
    D designated contact   O its administrator    X had left the organisation         F of another company
    S belongs nowhere      T agent, other team    G agent of its team                 L lead        N admin

and gets one of these:

    y  it is done            s  asked to sign in      -  404, in every way like a thing that is not there
    x  403                   p  asked to prove first to be still oneself
"""

from dataclasses import dataclass

CAST = {
    "A": "anonymous",
    "R": "requester",
    "M": "colleague",
    "P": "copied",
    "D": "contact",
    "O": "administrator",
    "X": "leaver",
    "F": "foreigner",
    "S": "stranger",
    "T": "other_agent",
    "G": "agent",
    "L": "lead",
    "N": "admin",
}
SEE_THE_REQUEST = "RPDOGLN"


@dataclass(frozen=True, slots=True)
class Row:
    """`things` are the parts of the address and `send` is the form, both in the words of `treasure.py`.

    `shows` names those whose answer holds the subject of the request; `ready` is what happens to it before.
    """

    address: str
    method: str
    who: str
    things: str = ""
    send: str = ""
    shows: str = ""
    ready: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.address, self.things, self.ready)))


#      A R M P D O X F S T G L N
EVERYBODY = "y y y y y y y y y y y y y"
SIGNED_IN = "s y y y y y y y y y y y y"
STAFF____ = "s - - - - - - - - y y y y"
LEADS____ = "s - - - - - - - - - - y y"
AT_WORK__ = "s - - - - - - - - - y y y"
READERS__ = "s y - y y y - - - - y y y"
NOBODY___ = "s - - - - - - - - - - - -"

NUMBER = "number"
OWN = "RPDO"  # customers who see it; staff are led to the desk

PORTAL = [
    #                                  A R M P D O X F S T G L N
    Row("portal:home", "GET", SIGNED_IN, shows="RP"),
    Row("portal:requests", "GET", SIGNED_IN, shows=OWN),
    Row("portal:requests", "GET", SIGNED_IN, send="q=Treasure", shows=SEE_THE_REQUEST),
    Row("portal:new", "GET", SIGNED_IN),
    Row(
        "portal:new", "POST", SIGNED_IN, send="category=technical&subject=New&description=Long enough it is."
    ),
    Row("portal:request", "GET", "s y - y y y - - - y y y y", NUMBER, shows=OWN),
    Row("portal:confirmation", "GET", READERS__, NUMBER),
    Row("portal:history", "GET", READERS__, NUMBER),
    Row("portal:replies", "POST", READERS__, NUMBER, "body=An answer."),
    Row("portal:closure", "POST", READERS__, NUMBER),
    Row("portal:reopening", "POST", READERS__, NUMBER, ready="closed"),
    Row("portal:follow_ups", "GET", READERS__, NUMBER, ready="closed long ago"),
    Row("portal:follow_ups", "POST", READERS__, NUMBER, "body=Once more.", ready="closed long ago"),
    Row("portal:participants", "GET", READERS__, NUMBER),
    Row("portal:participants", "POST", "s y - x y y - - - - y y y", NUMBER, "person=colin@acme.example"),
    Row("portal:participant_removal", "POST", READERS__, "number person_id"),
    Row("mailed:choice", "GET", "s y - - - - - - - - - - -", "pk=asked"),
    Row("mailed:choice", "POST", "s y - - - - - - - - - - -", "pk=asked", "organisation=acme"),
    Row("mailed:whole", "GET", "s y - - - - - - - - - - -", "message_id=mailed"),
    Row("portal:draft", "PUT", SIGNED_IN, "key=new", "subject=Kept"),
    Row("portal:draft", "PUT", READERS__, "key=draft-reply", "body=Kept"),
    Row("portal:draft", "PUT", AT_WORK__, "key=draft-note", "body=Kept"),
    Row("portal:draft", "PUT", STAFF____, "key=draft-for", "subject=Kept"),
    Row("portal:draft", "POST", READERS__, "key=draft-reply", "body=Kept"),
    Row("portal:draft_removal", "POST", SIGNED_IN, "key=new"),
    Row("portal:draft_removal", "POST", READERS__, "key=draft-reply"),
    Row("portal:draft_removal", "POST", AT_WORK__, "key=draft-note"),
    Row("portal:draft_removal", "POST", STAFF____, "key=draft-for"),
]
FILES = [
    #                                  A R M P D O X F S T G L N
    Row("files:send", "POST", SIGNED_IN, send="file"),
    Row("files:download", "GET", READERS__, "pk=public"),
    Row("files:preview", "GET", READERS__, "pk=public"),
    Row("files:download", "GET", AT_WORK__, "pk=noted"),
    Row("files:preview", "GET", AT_WORK__, "pk=noted"),
    Row("files:download", "GET", "s y - - - - - - - - - - -", "pk=unsent"),
    Row("files:preview", "GET", "s y - - - - - - - - - - -", "pk=unsent"),
    Row("files:chip", "GET", "s y - - - - - - - - - - -", "pk=unsent"),
    Row("files:chip", "GET", NOBODY___, "pk=public"),
    Row("files:remove", "POST", "s y - - - - - - - - - - -", "pk=unsent"),
    Row("files:remove", "POST", "s x - x x x - - - - x x x", "pk=public"),
    Row("files:remove", "POST", "s - - - - - - - - - x x x", "pk=noted"),
]
DESK = [
    #                                  A R M P D O X F S T G L N
    Row("desk:home", "GET", STAFF____),
    Row("desk:list", "GET", STAFF____, "view=open", shows="GLN"),
    Row("desk:list", "GET", STAFF____, "view=unassigned"),
    Row("desk:list", "GET", STAFF____, "view=mine", shows="G"),
    Row("desk:list", "GET", STAFF____, "view=team", shows="G"),
    Row("desk:list", "GET", NOBODY___, "view=none"),
    Row("desk:search", "GET", STAFF____, send="q=Treasure", shows="GLN"),
    Row("desk:search", "GET", STAFF____, send="q=Whisper", shows="GLN"),
    Row("desk:people", "GET", STAFF____, send="person=Rose"),
    Row("desk:tags", "GET", STAFF____, send="tag=t"),
    Row("desk:new", "GET", STAFF____),
    Row("desk:new", "GET", STAFF____, send="person=rose@acme.example&category=technical"),
    Row(
        "desk:new",
        "POST",
        STAFF____,
        send="person=rose@acme.example&category=technical&subject=New"
        "&description=Long enough it is.&organisation=acme",
    ),
    Row("desk:ticket", "GET", AT_WORK__, NUMBER, shows="GLN"),
    Row("desk:thread", "GET", AT_WORK__, NUMBER, shows="GLN"),
    Row("desk:history", "GET", AT_WORK__, NUMBER, shows="GLN"),
    Row("desk:message", "GET", AT_WORK__, "number message_id=said"),
    Row("desk:message", "GET", AT_WORK__, "number message_id=note"),
    Row("desk:message", "POST", "s - - - - - - - - - y x x", "number message_id=said", "body=Better words."),
    Row("desk:replies", "POST", AT_WORK__, NUMBER, "body=An answer."),
    Row("desk:replies", "POST", AT_WORK__, NUMBER, "body=An answer.&then=preview"),
    Row("desk:notes", "POST", AT_WORK__, NUMBER, "body=A note."),
    Row("desk:follow_ups", "POST", AT_WORK__, NUMBER, "body=Once more.", ready="closed long ago"),
    Row("desk:taking", "POST", AT_WORK__, NUMBER),
    Row("desk:assignment", "GET", AT_WORK__, NUMBER),
    Row("desk:assignment", "POST", AT_WORK__, NUMBER, "to=nobody"),
    Row("desk:ticket_tags", "POST", AT_WORK__, NUMBER, "tag=urgent"),
    Row("desk:category", "POST", AT_WORK__, NUMBER, "category=billing"),
    Row("desk:hold", "POST", AT_WORK__, NUMBER, "reason=Waiting for parts."),
    Row("desk:resolution", "POST", AT_WORK__, NUMBER),
    Row("desk:closure", "POST", AT_WORK__, NUMBER),
    Row("desk:reopening", "POST", AT_WORK__, NUMBER, ready="closed"),
    Row("desk:participants", "POST", AT_WORK__, NUMBER, "person=colin@acme.example"),
    Row("desk:mail", "GET", LEADS____),
    Row("desk:send_retry", "POST", LEADS____, "delivery_id"),
    Row("desk:event_retry", "POST", LEADS____, "event_id"),
    Row("desk:suppression_lift", "POST", LEADS____, send="address=rose@acme.example"),
    Row("mailbox:unsorted", "GET", LEADS____),
    Row("mailbox:mail", "GET", LEADS____, "pk=received"),
    Row("mailbox:raw", "GET", LEADS____, "pk=received"),
    Row("mailbox:opening", "POST", LEADS____, "pk=received", "person=rose@acme.example"),
    Row("mailbox:dismissal", "POST", LEADS____, "pk=received"),
    Row("mailbox:delivery", "POST", LEADS____, "pk=received"),
    Row("mailbox:placement", "POST", LEADS____, "pk=received", "number=1"),
    Row("mailbox:bringing_in", "POST", LEADS____),
    Row("mailbox:outgoing", "GET", LEADS____),
    Row("mailbox:sending", "POST", LEADS____, "delivery_id"),
    Row("mailbox:mailboxes", "GET", LEADS____),
    Row("mailbox:test", "POST", "s - - - - - - - - - - x y", "key=mailbox"),
    Row("mailbox:whole", "GET", AT_WORK__, "message_id=mailed"),
]
OF_MAIL = [
    Row("mail:off", "GET", EVERYBODY, "person_id=requester_id signature=unsubscription"),
    Row("mail:off", "POST", EVERYBODY, "person_id=requester_id signature=unsubscription"),
    Row("mail:off", "POST", "- - - - - - - - - - - - -", "person_id=requester_id signature=forged"),
    # Providers call them, with a secret; where none is set up, nobody is there.
    Row("mail:inbound", "POST", "- - - - - - - - - - - - -"),
    Row("mail:inbound_whole", "POST", "- - - - - - - - - - - - -"),
    Row("mail:tracking", "POST", "- - - - - - - - - - - - -"),
]
SIGN_IN = [
    #                                  A R M P D O X F S T G L N
    Row("accent", "GET", EVERYBODY, "colour=1f5f8b"),
    Row("language", "POST", EVERYBODY, send="language=fr"),
    Row("profile", "GET", SIGNED_IN),
    Row("profile", "POST", SIGNED_IN, send="name=New Name&language=en&time_zone=UTC"),
    Row("account_login", "GET", EVERYBODY),
    Row("account_login", "POST", EVERYBODY, send="email=rose@acme.example"),
    Row("account_confirm_login_code", "GET", SIGNED_IN),
    Row("account_confirm_login_code", "POST", SIGNED_IN, send="code=000000"),
    Row("sign_in_password", "GET", EVERYBODY),
    Row("sign_in_password", "POST", EVERYBODY, send="login=rose@acme.example&password=wrong"),
    Row("mfa_login_webauthn", "GET", SIGNED_IN),
    Row("mfa_login_webauthn", "POST", SIGNED_IN, send="credential={}"),
    Row("mfa_authenticate", "GET", SIGNED_IN),
    Row("mfa_authenticate", "POST", SIGNED_IN, send="code=000000"),
    Row("account_logout", "GET", SIGNED_IN),
    Row("account_logout", "POST", "s s s s s s s s s s s s s"),
    Row("account_inactive", "GET", EVERYBODY),
    Row("sign_in_security", "GET", SIGNED_IN),
    Row("account_set_password", "GET", SIGNED_IN),
    Row("account_set_password", "POST", SIGNED_IN, send="password1=is long enough&password2=is long enough"),
    Row("sign_in_password_removal", "POST", SIGNED_IN),
    # The agent has an app and recovery codes, nobody here a passkey: what is not there cannot be taken away.
    Row("mfa_activate_totp", "GET", SIGNED_IN),
    Row("mfa_activate_totp", "POST", SIGNED_IN, send="code=000000"),
    Row("mfa_deactivate_totp", "GET", "s - - - - - - - - - y - -"),
    Row("mfa_deactivate_totp", "POST", "s - - - - - - - - - y - -"),
    Row("mfa_add_webauthn", "GET", SIGNED_IN),
    Row("mfa_add_webauthn", "POST", SIGNED_IN, send="name=Key&credential={}"),
    Row("mfa_remove_webauthn", "GET", NOBODY___, "pk=passkey"),
    Row("mfa_remove_webauthn", "POST", NOBODY___, "pk=passkey"),
    Row("mfa_view_recovery_codes", "GET", "s - - - - - - - - - y - -"),
    Row("mfa_generate_recovery_codes", "GET", SIGNED_IN),
    Row("mfa_generate_recovery_codes", "POST", SIGNED_IN),
    Row("sign_in_session_removal", "POST", "s y - - - - - - - - - - -", "number=session"),
    Row("sign_in_other_sessions_removal", "POST", SIGNED_IN),
    # Each proves with what they have: the agent with the app, the others with a code by mail.
    Row("sign_in_prove", "GET", "s y y y y y y y y y p y y"),
    Row("sign_in_prove", "POST", "s p p p p p p p p p p p p", send="send=1"),
    Row("account_reauthenticate", "GET", "s p p p p p p p p p p p p"),
    Row("account_reauthenticate", "POST", "s p p p p p p p p p p p p", send="password=wrong"),
    Row("mfa_reauthenticate", "GET", "s p p p p p p p p p y p p"),
    Row("mfa_reauthenticate", "POST", "s p p p p p p p p p y p p", send="code=000000"),
    Row("mfa_reauthenticate_webauthn", "GET", "s p p p p p p p p p p p p"),
    Row("mfa_reauthenticate_webauthn", "POST", "s p p p p p p p p p p p p", send="credential={}"),
]
MISSING = "- - - - - - - - - - - - -"
OUTBOX = [
    ("outbox:list", "GET", ""),
    ("outbox:mail", "GET", "pk=captured"),
    ("outbox:html", "GET", "pk=captured"),
    ("demo_answers:create", "POST", "captured_id=captured"),
]
# The mails of a demonstration are everybody's there, and nobody's anywhere else.
DEMONSTRATION = [Row(address, method, EVERYBODY, things, "body=Hello.") for address, method, things in OUTBOX]
TABLE = [
    *PORTAL, *FILES, *DESK, *OF_MAIL, *SIGN_IN,
    *(Row(address, method, MISSING, things, "body=Hello.") for address, method, things in OUTBOX),
]  # fmt: skip

# What a socket may hear of: a kind of topic, the thing it names, and who hears it.
TOPICS = [
    ("ticket", "number", "- y - y y y - - - - y y y"),
    ("desk-ticket", "number", "- - - - - - - - - - y y y"),
    ("desk", "", "- - - - - - - - - y y y y"),
    ("person", "rose", "- y - - - - - - - - - - -"),
]
