"""What an administrator can set: each name once, read from NAME or NAME_FILE.

Imports nothing of Django, so that the settings and the documentation are made of
the same list.
"""

import os
from dataclasses import dataclass
from pathlib import Path


class BadSetting(ValueError):
    """A setting has a value that cannot be used. The text says what to write."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    what: str  # one sentence for docs/settings.md

    def text(self) -> str:
        """The value from NAME, else the content of the file that NAME_FILE names."""
        if self.name in os.environ:
            return os.environ[self.name]
        path = os.environ.get(f"{self.name}_FILE")
        if not path:
            return self.default
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(
                f"{self.name}_FILE: cannot read {path}: {error}"
            ) from error

    def flag(self) -> bool:
        """yes/no; also true/false, on/off, 1/0."""
        word = self.text().strip().lower()
        if word in {"yes", "true", "on", "1"}:
            return True
        if word in {"no", "false", "off", "0", ""}:
            return False
        raise BadSetting(f"{self.name} must be yes or no, not {word!r}")

    def number(self) -> int:
        try:
            return int(self.text())
        except ValueError:
            raise BadSetting(f"{self.name} must be a whole number") from None

    def words(self) -> list[str]:
        """Comma-separated; blanks dropped."""
        return [word.strip() for word in self.text().split(",") if word.strip()]


ADDRESS = Setting(
    "PESUE_ADDRESS",
    "",
    "The public address of this installation, as people type it; empty: "
    "http://localhost and PESUE_PORT.",
)
LINK_ADDRESS = Setting(
    "PESUE_LINK_ADDRESS",
    "",
    "Where short links begin; empty means PESUE_ADDRESS followed by /r.",
)
UTM_TEMPLATE = Setting(
    "PESUE_UTM_TEMPLATE",
    "utm_source={channel}&utm_medium=employee&utm_campaign={concept}"
    "&utm_content={link}",
    "Tags added to where links lead; {channel}, {concept} and {link} are filled in.",
)
DATA = Setting(
    "PESUE_DATA",
    "data",
    "The one folder that holds all data: database, pictures, click log, keys.",
)
DATABASE_URL = Setting(
    "DATABASE_URL",
    "",
    "postgres://user:password@host/name; empty means SQLite in the data folder.",
)
SECRET_KEY = Setting(
    "PESUE_SECRET_KEY",
    "",
    "Signs sessions and links; empty means one made at first start, in the data "
    "folder. Several hosts must share it.",
)
SEAL_KEYS = Setting(
    "PESUE_SEAL_KEYS",
    "",
    "Keys that encrypt network tokens, newest first: id:base64 of 32 bytes, comma-"
    "separated; empty means a ring made at first start, in the data folder.",
)
DEBUG = Setting("PESUE_DEBUG", "no", "Show errors in the browser. Never in production.")
TIME_ZONE = Setting("PESUE_TIME_ZONE", "Europe/Helsinki", "The organisation's clock.")
ALLOW_PRIVATE = Setting(
    "PESUE_ALLOW_PRIVATE_NETWORKS",
    "",
    "Private networks (CIDR, comma-separated) that Pesue may fetch from; others "
    "are refused.",
)
PLC_DIRECTORY = Setting(
    "PESUE_PLC_DIRECTORY",
    "https://plc.directory",
    "Where the identities of Bluesky accounts are looked up.",
)
TRUSTED_PROXIES = Setting(
    "PESUE_TRUSTED_PROXIES",
    "0",
    "How many reverse proxies in front of Pesue add to X-Forwarded-For.",
)
KEEP_VISITS = Setting(
    "PESUE_KEEP_VISITS_DAYS", "30", "Days after which single visits age into totals."
)
MOST_UPLOAD = Setting(
    "PESUE_MOST_UPLOAD_MB",
    "200",
    "The largest file that people may upload with a story, in megabytes.",
)
SMTP_URL = Setting(
    "PESUE_SMTP_URL",
    "",
    "smtp://user:password@host:587?tls=yes; empty writes mails to files under "
    "the data folder.",
)
MAIL_FROM = Setting(
    "PESUE_MAIL_FROM", "Pesue <pesue@localhost>", "The sender of our mails."
)
SOURCE_URL = Setting(
    "PESUE_SOURCE_URL",
    "https://github.com/pesue/pesue",
    "Where the source of the running version is; every page links to it (AGPL).",
)
MODEL_URL = Setting(
    "PESUE_MODEL_URL",
    "",
    "An OpenAI-compatible endpoint, ending in /v1, that may propose wordings when an "
    "old guideline is gone through; empty: none, and no sentence leaves this machine.",
)
MODEL_KEY = Setting(
    "PESUE_MODEL_KEY", "", "The key for PESUE_MODEL_URL, if it has one."
)
MODEL_NAME = Setting("PESUE_MODEL_NAME", "default", "The model to ask for there.")
PORT = Setting("PESUE_PORT", "8000", "The port of the pages; links have the next one.")
LISTEN = Setting(
    "PESUE_LISTEN",
    "127.0.0.1",
    "The network address to listen on; 0.0.0.0 is all. Put a reverse proxy with "
    "https in front.",
)
WEB_PROCESSES = Setting("PESUE_WEB_PROCESSES", "1", "Processes that serve the pages.")
WEB_THREADS = Setting(
    "PESUE_WEB_THREADS", "4", "Threads of each; each may hold a database connection."
)


def address() -> str:
    """Where people open the pages, with no slash at its end."""
    return ADDRESS.text().rstrip("/") or f"http://localhost:{PORT.number()}"


SETTINGS: list[Setting] = [
    value for value in list(globals().values()) if isinstance(value, Setting)
]


def table() -> str:
    """All settings as the table of docs/settings.md."""
    rows = [
        f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.what} |"
        for s in SETTINGS
    ]
    return "\n".join(["| Name | Default | What |", "|---|---|---|", *rows])
