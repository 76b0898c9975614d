"""One site as settings name it, and as whom it is entered: a lasting token, or a client that is granted tokens."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from connector.errors import SettingError
from connector.setting_words import missing, twofold

_CLOUD: Final = ".atlassian.net"
_PLACES: Final = {"JIRA": "jira/CLOUD-ID", "CONFLUENCE": "confluence/CLOUD-ID/wiki"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """The client of a service account; the repr shows neither id nor secret."""

    settings: str  # the beginning of both names, like OKR_JIRA_CLIENT
    id: SecretStr = field(repr=False)
    secret: SecretStr = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Either a token or a client; the repr shows nothing of it."""

    email: SecretStr | None = field(default=None, repr=False)  # None: the token is sent as Bearer
    token: SecretStr | None = field(default=None, repr=False)
    client: ClientSettings | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """One site and the service account we come with; the repr shows neither account nor token."""

    url: str  # as people open it; Confluence Cloud with /wiki
    api_url: str  # where the interface answers, for scoped tokens another address
    email: SecretStr | None = field(default=None, repr=False)  # None: the token is sent as Bearer
    token: SecretStr | None = field(default=None, repr=False)
    client: ClientSettings | None = field(default=None, repr=False)  # in place of the token


def site_of(product: str, url: str, api_url: str | None, credential: Credential) -> SiteSettings:
    """The site of a product, JIRA or CONFLUENCE; SettingError where a client's tokens are taken at no known address."""
    if api_url is None and credential.client is not None and host_of(url).endswith(_CLOUD):
        raise missing(
            f"OKR_{product}_API_URL",
            "on Cloud, tokens of a client are taken at Atlassian's gateway only",
            f"set it to https://api.atlassian.com/ex/{_PLACES[product]}; see /_edge/tenant_info of the site for it",
            "set an e-mail and a token instead of a client",
        )
    return SiteSettings(
        url=url, api_url=api_url or url, email=credential.email, token=credential.token, client=credential.client
    )


def host_of(url: str | None) -> str:
    """Its name and port, for comparing."""
    return urlsplit(url or "").netloc.casefold()


def credential_of(
    product: str,
    *,
    email: SecretStr | None,
    token: SecretStr | None,
    client_id: SecretStr | None,
    client_secret: SecretStr | None,
) -> Credential | None:
    """What is set for a product, JIRA or CONFLUENCE; None where neither token nor client is. SettingError for half."""
    begin = f"OKR_{product}_CLIENT"
    if client_id is None and client_secret is None:
        return Credential(email=email, token=token) if token is not None else None
    if token is not None:
        raise twofold(f"OKR_{product}_TOKEN", f"{begin}_ID")
    if client_id is None or client_secret is None:
        raise _half(f"{begin}_{'ID' if client_id is None else 'SECRET'}")
    return Credential(client=ClientSettings(settings=begin, id=client_id, secret=client_secret))


def _half(name: str) -> SettingError:
    return missing(
        name,
        "a client has an id and a secret",
        "set it, or put it into a file of that name in OKR_SECRETS_DIR",
        "leave the other one out as well, and set a token",
    )
