"""What is said from outside is understood, or refused with a sentence."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from guichet.project.env import Environment


def mistakes_of(env: Environment) -> list[str]:
    try:
        env.refuse_mistakes()
    except ImproperlyConfigured as mistakes:
        return str(mistakes).split("\n")
    return []


def test_a_misspelt_name_stops_the_start_and_is_recognised() -> None:
    env = Environment({"GUICHET_DBUG": "true", "PATH": "/bin"})
    assert mistakes_of(env) == ["GUICHET_DBUG is not a setting of Guichet; did you mean GUICHET_DEBUG?"]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    env = Environment(
        {
            "GUICHET_DEBUG": "yes",
            "GUICHET_URL": "help.example.com",
            "DATABASE_URL": "mysql://a/b",
            "GUICHET_MAIL_URL": "mailto:a@b",
            "GUICHET_SECRET_KEY": "short",
            "GUICHET_HOSTS": "https://a.example",
        }
    )
    assert env.flag("GUICHET_DEBUG") is False
    assert env.address("GUICHET_URL", "http://localhost:8000") == "http://localhost:8000"
    env.database("DATABASE_URL", tmp_path / "db")
    env.mail("GUICHET_MAIL_URL")
    env.secret_key(tmp_path)
    env.hosts("GUICHET_HOSTS")
    assert [mistake.split()[0] for mistake in mistakes_of(env)] == [
        "GUICHET_DEBUG",
        "GUICHET_URL",
        "DATABASE_URL",
        "GUICHET_MAIL_URL",
        "The",
        "GUICHET_HOSTS",
    ]


@pytest.mark.parametrize(
    "value",
    [
        "ftp://a",
        "http://",
        "http://a:port",
        "http://a:99999",
        "https://user@a",
        "https://a/path",
        "https://a?q",
        "http://[a",
    ],
)
def test_an_address_that_is_none_is_refused(value: str) -> None:
    env = Environment({"GUICHET_URL": value})
    env.address("GUICHET_URL", "http://localhost:8000")
    assert len(mistakes_of(env)) == 1


def test_addresses_of_a_database_and_of_a_mail_server_are_understood(tmp_path: Path) -> None:
    env = Environment(
        {
            "DATABASE_URL": "postgres://ana:p%40ss@db.example:5433/desk",
            "GUICHET_MAIL_URL": "smtp+tls://ana:p%40ss@mail.example:587",
            "GUICHET_URL": "https://help.example.com/",
        }
    )
    database = env.database("DATABASE_URL", tmp_path / "db")
    assert [database[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")] == [
        "db.example",
        5433,
        "desk",
        "ana",
        "p@ss",
    ]
    mail = env.mail("GUICHET_MAIL_URL")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_HOST_PASSWORD"], mail["EMAIL_USE_TLS"]) == (
        "mail.example",
        587,
        "p@ss",
        True,
    )
    assert env.address("GUICHET_URL", "") == "https://help.example.com"
    assert mistakes_of(env) == []


def test_the_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    key = Environment({}).secret_key(tmp_path / "data")
    assert Environment({}).secret_key(tmp_path / "data") == key
    assert len(key) >= 50
    kept = list((tmp_path / "data").iterdir())
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in kept] == [("secret_key", 0o600)]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GUICHET_MAIL_DOMAIN", "a b", "is “a b”; write a domain such as help.example.com."),
        ("GUICHET_MAIL_FROM", "help", "is “help”; write an address such as help@example.com."),
        ("GUICHET_PROXIES", "proxy", "has “proxy”; write addresses such as 127.0.0.1,10.0.0.0/8."),
        ("REDIS_URL", "redis://a:b/0", "cannot be read: its port is not a number up to 65535."),
    ],
)
def test_what_is_no_domain_address_or_port_is_told(name: str, value: str, sentence: str) -> None:
    env = Environment({name: value})
    env.domain("GUICHET_MAIL_DOMAIN", "localhost")
    env.mailbox("GUICHET_MAIL_FROM", "support@localhost")
    env.networks("GUICHET_PROXIES")
    env.url("REDIS_URL", "redis")
    assert mistakes_of(env) == [f"{name} {sentence}"]


def test_domains_addresses_and_networks_are_understood() -> None:
    given = {
        "GUICHET_MAIL_DOMAIN": "help.example.com",
        "GUICHET_MAIL_FROM": "help+desk@example.com",
        "GUICHET_PROXIES": "127.0.0.1, 10.0.0.0/8, ::1",
    }
    env = Environment(given)
    assert env.domain("GUICHET_MAIL_DOMAIN", "localhost") == "help.example.com"
    assert env.mailbox("GUICHET_MAIL_FROM", "support@localhost") == "help+desk@example.com"
    assert env.networks("GUICHET_PROXIES") == ["127.0.0.1", "10.0.0.0/8", "::1"]
    assert mistakes_of(env) == []


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    wrong = {
        file: "which is a file; name a folder.",
        file / "data": "which cannot be used: Not a directory."
        " Name a folder in which the user Guichet runs as may write.",
    }
    for folder, sentence in wrong.items():
        env = Environment({"GUICHET_DATA": str(folder)})
        env.secret_key(env.folder("GUICHET_DATA", tmp_path))
        assert mistakes_of(env) == [f"GUICHET_DATA is “{folder}”, {sentence}"]


def test_a_key_file_that_is_absent_is_told() -> None:
    env = Environment({"GUICHET_SECRET_KEY_FILE": "/nowhere/key"})
    env.secret_key(Path("/nowhere"))
    assert mistakes_of(env) == [
        "GUICHET_SECRET_KEY_FILE cannot be read: No such file or directory (/nowhere/key)."
    ]


PROVIDED = "anymail+postmark://?server_token=abc&message_stream=help"


def test_a_mail_provider_is_set_up_by_its_address() -> None:
    env = Environment({"GUICHET_MAIL_URL": PROVIDED})
    settings = env.mail("GUICHET_MAIL_URL", hooks="postmark:0123456789abcdef")
    assert env.mistakes == []
    assert settings["EMAIL_BACKEND"] == "anymail.backends.postmark.EmailBackend"
    assert settings["ANYMAIL"]["POSTMARK_SERVER_TOKEN"] == "abc"
    assert settings["ANYMAIL"]["POSTMARK_MESSAGE_STREAM"] == "help"
    assert settings["ANYMAIL"]["WEBHOOK_SECRET"] == "postmark:0123456789abcdef"


@pytest.mark.parametrize(
    ("url", "hooks", "mistake"),
    [
        (PROVIDED, "", "GUICHET_MAIL_HOOKS is missing or too short"),
        (PROVIDED, "postmark:short", "GUICHET_MAIL_HOOKS is missing or too short"),
        (PROVIDED, "0123456789abcdef", "GUICHET_MAIL_HOOKS is missing or too short"),
        ("anymail+postmark://?", "a:0123456789abcdef", "GUICHET_MAIL_URL says no server_token"),
        (f"{PROVIDED}&tokn=1", "a:0123456789abcdef", "GUICHET_MAIL_URL says tokn, which postmark"),
        ("anymail+pigeon://?a=b", "a:0123456789abcdef", "GUICHET_MAIL_URL names the provider “pigeon”"),
    ],
)
def test_a_provider_without_its_secrets_stops_the_start(url: str, hooks: str, mistake: str) -> None:
    env = Environment({"GUICHET_MAIL_URL": url})
    env.mail("GUICHET_MAIL_URL", hooks=hooks)
    assert [each[: len(mistake)] for each in env.mistakes] == [mistake]
