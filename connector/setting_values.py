"""How each setting is written: parsers that take text and raise ValueError, and the words when they do.

No message quotes a value, since any of them may hold a secret by mistake.
"""

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, InstanceOf, SecretStr
from pydantic_settings import NoDecode

from connector.errors import Advice, Code, SettingError
from webhooks.signatures import Secrets, secrets_of


class Product(StrEnum):
    """Which of Atlassian's two products answers."""

    AUTO = "auto"
    CLOUD = "cloud"
    DATACENTER = "datacenter"


class Refresh(StrEnum):
    """When machine regions are written: in quiet moments, or at once as the demo does."""

    QUIET = "quiet"
    AT_ONCE = "0"


class LogLevel(StrEnum):
    """From which level on our own sentences are logged; libraries are heard from WARNING on in any case."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


_LAG = re.compile(r"([0-9]{1,5})(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_LONGEST_LAG = timedelta(hours=24)
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_METRIC_HOST = re.compile(r"(private:)?(?P<name>[^:]+)(:(?P<port>[1-9][0-9]{0,4}))?")
_DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")


def site_url(value: str) -> str:
    """An address without a slash at its end; plain http only on this machine, since a token travels with it."""
    parts = urlsplit(value)
    _ = parts.port  # raises ValueError where it is no number
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
    if not secure or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError
    return value.rstrip("/")


def proxy_url(value: str) -> SecretStr:
    """An address of a proxy, which may carry its own account."""
    parts = urlsplit(value)
    _ = parts.port
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    return SecretStr(value)


def database_url(value: str) -> str:
    """An address that begins like one of the two databases; the storage room reads the rest."""
    if not value.startswith(_DATABASES):
        raise ValueError
    return value


def lag(value: str) -> timedelta:
    """A span like `15m`, up to a day; `0` is none."""
    match = _LAG.fullmatch(value)
    if value != "0" and match is None:
        raise ValueError
    span = timedelta(seconds=int(match[1]) * _SECONDS[match[2]]) if match else timedelta(0)
    if span > _LONGEST_LAG:
        raise ValueError
    return span


def hosts(value: str) -> frozenset[str]:
    """Host names between commas, each with a port where it is not 443, and `private:` before those inside a network."""
    names = {name.strip().casefold() for name in value.split(",") if name.strip()}
    for name in names:
        match = _METRIC_HOST.fullmatch(name)
        if match is None or not _HOST.fullmatch(match["name"]) or int(match["port"] or 443) > 65535:
            raise ValueError
    return frozenset(names)


def token(value: str) -> SecretStr:
    """A token of visible signs in one line: it travels in a header."""
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError
    return SecretStr(value)


def account(value: str) -> SecretStr:
    """The service account's e-mail address."""
    if "@" not in value or ":" in value or not value.isprintable() or " " in value:
        raise ValueError
    return SecretStr(value)


def existing_file(value: str) -> Path:
    """A file that is there."""
    if not Path(value).is_file():
        raise ValueError
    return Path(value)


def level(value: str) -> LogLevel:
    """A level in any case of letters."""
    return LogLevel(value.upper())


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


SiteUrl: TypeAlias = Annotated[str, BeforeValidator(site_url)]
ProxyUrl: TypeAlias = Annotated[SecretStr, BeforeValidator(proxy_url)]
DatabaseUrl: TypeAlias = Annotated[str, BeforeValidator(database_url)]
Lag: TypeAlias = Annotated[timedelta, BeforeValidator(lag)]
Hosts: TypeAlias = Annotated[frozenset[str], NoDecode, BeforeValidator(hosts)]
Token: TypeAlias = Annotated[SecretStr, BeforeValidator(token)]
Account: TypeAlias = Annotated[SecretStr, BeforeValidator(account)]
SenderSecrets: TypeAlias = Annotated[InstanceOf[Secrets], BeforeValidator(secrets_of)]
File: TypeAlias = Annotated[Path, BeforeValidator(existing_file)]
Level: TypeAlias = Annotated[LogLevel, BeforeValidator(level)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """Why a value was not understood, and two ways on."""

    why: str
    options: tuple[str, str]


_ADDRESS = Manner(
    why="an address begins with https://, names a host, and carries no account, question mark or hash;"
    " http:// is for this machine only",
    options=("copy the address from the browser and cut it after the host", "check it for spaces and quotes"),
)
_TOKEN = Manner(
    why="a token is one line without spaces",
    options=("copy the token again", "put it alone into a file of the secrets"),
)
_ACCOUNT = Manner(
    why="it is the e-mail address of the service account",
    options=("write the address the account signs in with", "leave it out, then the token is sent as Bearer"),
)
MANNERS = {
    "OKR_PRODUCT": Manner(
        why="it is cloud, datacenter or auto", options=("write one of the three", "leave it out, then it is auto")
    ),
    "DATABASE_URL": Manner(
        why="SQLite files and PostgreSQL are supported",
        options=("write sqlite:///okr.db for a file", "write postgresql://user:password@host/database"),
    ),
    "OKR_REFRESH": Manner(why="it is quiet or 0", options=("write quiet", "write 0 to have pages written at once")),
    "OKR_LOG_LEVEL": Manner(
        why="it is DEBUG, INFO, WARNING or ERROR", options=("write one of the four", "leave it out, then it is INFO")
    ),
    "OKR_SEARCH_LAG": Manner(
        why="it is a number with s, m or h, up to 24h", options=("write 15m", "leave it out, then it is 15m")
    ),
    "OKR_CA_FILE": Manner(
        why="no file is there", options=("check the path", "leave it out, then the usual authorities are trusted")
    ),
    "OKR_PROXY": Manner(
        why="a proxy is written like http://proxy.example:3128", options=("write it like that", "leave it out")
    ),
    "OKR_METRIC_HOSTS": Manner(
        why="it is a list of host names between commas, without https:// and without a path, with private: before a"
        " host of an inner network",
        options=("write metrics.example,private:numbers.example:8443", "leave it out, then no host may be asked"),
    ),
    "OKR_UI_TOKEN": _TOKEN,
    "OKR_WEBHOOK_SECRETS": Manner(
        why="it takes pairs like jira=secret between commas; senders: jira, confluence, automation, readings[/<team>]",
        options=("write it as in the README", "leave it out: then the clock looks by itself"),
    ),
    "OKR_SECRETS_DIR": Manner(
        why="no readable folder is there", options=("check the path and its rights", "leave it out")
    ),
} | {
    f"OKR_{site}_{part}": manner
    for site in ("JIRA", "CONFLUENCE")
    for part, manner in (("URL", _ADDRESS), ("API_URL", _ADDRESS), ("TOKEN", _TOKEN), ("EMAIL", _ACCOUNT))
}
_OTHER = Manner(why="it is not written as it should be", options=("check how it is written", "leave it out"))


def wrong(name: str, others: tuple[str, ...] = ()) -> SettingError:
    """A setting that cannot be understood; the names of others beside it, that all can be put right at once."""
    manner = MANNERS.get(name, _ADDRESS if name == "OKR_PUBLIC_URL" else _OTHER)
    also = f"; also wrong: {', '.join(others)}" if others else ""
    advice = Advice(where=name, what="This setting is not understood", why=manner.why + also, options=manner.options)
    return SettingError(Code.SETTING_WRONG, advice)


def missing(name: str, why: str, *options: str) -> SettingError:
    """A setting without which nothing can be done."""
    return SettingError(
        Code.SETTING_MISSING, Advice(where=name, what="This setting is missing", why=why, options=options)
    )


def unknown(name: str, nearest: str) -> SettingError:
    """A setting nobody reads, most likely a slip of the pen."""
    return SettingError(
        Code.SETTING_WRONG,
        Advice(
            where=name,
            what="There is no such setting",
            why=f"the nearest known one is {nearest}",
            options=(f"write {nearest}", "remove it"),
        ),
    )
