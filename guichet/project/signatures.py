"""The key that signs what leaves by SMTP (DKIM), as an owner names it in variables."""

import re
from pathlib import Path

from guichet.foundation.dkim import Signer, signer
from guichet.project.env import Environment
from guichet.project.providers import SCHEME

_SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def signer_in(env: Environment) -> Signer | None:
    """None where nothing is to be signed; each thing that is wrong is a mistake of `env`."""
    selector = env.text("GUICHET_DKIM_SELECTOR")
    key, path = env.text("GUICHET_DKIM_KEY"), env.text("GUICHET_DKIM_KEY_FILE")
    if not (selector or key or path):
        return None
    if not selector or not (key or path):
        env.mistakes.append("GUICHET_DKIM_SELECTOR and GUICHET_DKIM_KEY_FILE belong together; name both.")
        return None
    if not _SELECTOR.fullmatch(selector):
        env.mistakes.append(f"GUICHET_DKIM_SELECTOR is “{selector}”; write a name such as guichet2026.")
    if env.text("GUICHET_MAIL_URL").startswith(SCHEME):
        env.mistakes.append("GUICHET_DKIM_SELECTOR signs what leaves by SMTP; your provider signs itself.")
    name = "GUICHET_DKIM_KEY_FILE" if path else "GUICHET_DKIM_KEY"
    try:
        # In a variable, the ends of lines may have come as they are written in JSON.
        return signer(selector, Path(path).read_bytes() if path else key.replace("\\n", "\n").encode())
    except OSError as error:
        env.mistakes.append(f"{name} cannot be read: {error.strerror} ({path}).")
    except ValueError as error:
        env.mistakes.append(f"{name} {error}")
    return None
