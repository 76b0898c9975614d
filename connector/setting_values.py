"""How each setting is written: parsers that take text and raise ValueError, which quotes nothing."""

import ipaddress
import re
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, InstanceOf, SecretStr
from pydantic_settings import NoDecode

from connector.post_addresses import PostAddresses, post_addresses_of
from connector.visitors import ProxyIdentity, proxy_identity_of
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
SenderSecrets: TypeAlias = Annotated[InstanceOf[Secrets], NoDecode, BeforeValidator(secrets_of)]
File: TypeAlias = Annotated[Path, BeforeValidator(existing_file)]
Level: TypeAlias = Annotated[LogLevel, BeforeValidator(level)]
Posts: TypeAlias = Annotated[InstanceOf[PostAddresses], NoDecode, BeforeValidator(post_addresses_of)]
Day: TypeAlias = Annotated[date, BeforeValidator(date.fromisoformat)]
Identity: TypeAlias = Annotated[InstanceOf[ProxyIdentity], BeforeValidator(proxy_identity_of)]
