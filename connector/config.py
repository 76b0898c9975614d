"""Settings from the environment and from a folder of secrets; nothing is read before it is asked for."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from connector.post_addresses import PostAddresses
from connector.setting_values import (
    Account,
    DatabaseUrl,
    Day,
    File,
    Hosts,
    Identity,
    Lag,
    Level,
    LogLevel,
    Posts,
    Product,
    ProxyUrl,
    Refresh,
    SenderSecrets,
    SiteUrl,
    Token,
)
from connector.setting_words import missing, unknown, wrong
from connector.site_settings import Credential, SiteSettings, credential_of, host_of, site_of
from webhooks.signatures import Secrets

SECRETS: Final = "OKR_SECRETS_DIR"
QUIET: Final = timedelta(minutes=30)  # METHOD decision 15
_GATEWAY = re.compile(r"(https://api\.atlassian\.com/ex)/jira/([0-9A-Za-z-]+)")


class Settings(BaseSettings):
    """Everything an installation decides; built by `from_environment`, read by `wiring` and the commands."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, env_ignore_empty=True, validate_default=False
    )

    jira_url: SiteUrl | None = Field(default=None, validation_alias="OKR_JIRA_URL")
    jira_email: Account | None = Field(default=None, validation_alias="OKR_JIRA_EMAIL")
    jira_token: Token | None = Field(default=None, validation_alias="OKR_JIRA_TOKEN")
    jira_client_id: Token | None = Field(default=None, validation_alias="OKR_JIRA_CLIENT_ID")
    jira_client_secret: Token | None = Field(default=None, validation_alias="OKR_JIRA_CLIENT_SECRET")
    jira_api_url: SiteUrl | None = Field(default=None, validation_alias="OKR_JIRA_API_URL")
    confluence_url: SiteUrl | None = Field(default=None, validation_alias="OKR_CONFLUENCE_URL")
    confluence_email: Account | None = Field(default=None, validation_alias="OKR_CONFLUENCE_EMAIL")
    confluence_token: Token | None = Field(default=None, validation_alias="OKR_CONFLUENCE_TOKEN")
    confluence_client_id: Token | None = Field(default=None, validation_alias="OKR_CONFLUENCE_CLIENT_ID")
    confluence_client_secret: Token | None = Field(default=None, validation_alias="OKR_CONFLUENCE_CLIENT_SECRET")
    confluence_api_url: SiteUrl | None = Field(default=None, validation_alias="OKR_CONFLUENCE_API_URL")
    auth_url: SiteUrl = Field(default="https://auth.atlassian.com", validation_alias="OKR_AUTH_URL")
    product: Product = Field(default=Product.AUTO, validation_alias="OKR_PRODUCT")
    mappings: Path | None = Field(default=None, validation_alias="OKR_MAPPINGS")
    database_url: DatabaseUrl = Field(default="sqlite:///okr.db", validation_alias="DATABASE_URL")
    public_url: SiteUrl | None = Field(default=None, validation_alias="OKR_PUBLIC_URL")
    refresh: Refresh = Field(default=Refresh.QUIET, validation_alias="OKR_REFRESH")
    log_level: Level = Field(default=LogLevel.INFO, validation_alias="OKR_LOG_LEVEL")
    search_lag: Lag = Field(default=timedelta(minutes=15), validation_alias="OKR_SEARCH_LAG")
    ca_file: File | None = Field(default=None, validation_alias="OKR_CA_FILE")
    proxy: ProxyUrl | None = Field(default=None, validation_alias="OKR_PROXY")
    webhook_secrets: SenderSecrets = Field(default=Secrets(), validation_alias="OKR_WEBHOOK_SECRETS")
    ui_token: Token | None = Field(default=None, validation_alias="OKR_UI_TOKEN")
    ui_identity: Identity | None = Field(default=None, validation_alias="OKR_UI_IDENTITY")
    calendar_secret: Token | None = Field(default=None, validation_alias="OKR_CALENDAR_SECRET")
    posts: Posts = Field(default=PostAddresses(), validation_alias="OKR_POSTS")
    token_expires: Day | None = Field(default=None, validation_alias="OKR_TOKEN_EXPIRES")
    metric_hosts: Hosts = Field(default=frozenset(), validation_alias="OKR_METRIC_HOSTS")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """The settings of these variables, then of the folder `OKR_SECRETS_DIR` names; SettingError otherwise.

        A variable wins over a file of the same name; an empty variable is none.
        """
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        folder = given.get(SECRETS)
        _refuse_unknown([*given, *_file_names(folder)])
        known: dict[str, Any] = {name: value for name, value in given.items() if name in NAMES}
        try:
            return cls(_secrets_dir=folder, **known)
        except ValidationError as error:
            names = tuple(dict.fromkeys(str(detail["loc"][0]) for detail in error.errors(include_input=False)))
        except (SettingsError, OSError, UnicodeError):
            names = (SECRETS,)
        raise wrong(names[0], names[1:])  # outside the handler: the library's error holds the values

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was handed in and the folder of secrets; never the process's own environment."""
        return init_settings, file_secret_settings

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Nothing: an address may carry an account."""
        return ()

    def jira(self) -> SiteSettings:
        """The Jira site; SettingError where its address or token is missing."""
        if self.jira_url is None:
            raise missing(
                "OKR_JIRA_URL",
                "without it no site is known",
                "set it to https://your-site.atlassian.net",
                "look around first with `okr demo`",
            )
        credential = self._jira_credential()
        if credential is None:
            raise missing(
                "OKR_JIRA_TOKEN",
                "the service account comes with a token, or with OKR_JIRA_CLIENT_ID and OKR_JIRA_CLIENT_SECRET",
                "set it, or put it into a file of that name in OKR_SECRETS_DIR",
                "make one as `okr doctor --needs` says",
            )
        return site_of("JIRA", self.jira_url, self.jira_api_url, credential)

    def confluence(self, product: Product | None = None) -> SiteSettings:
        """The Confluence site; on Cloud by default the Jira site's `/wiki`, with its account.

        An account is never sent to another host than its own. `product`: what a site said that it is, where the
        settings leave that open.
        """
        product = product or self.product
        own = credential_of(
            "CONFLUENCE",
            email=self.confluence_email,
            token=self.confluence_token,
            client_id=self.confluence_client_id,
            client_secret=self.confluence_client_secret,
        )
        jira = self.jira() if self.confluence_url is None or own is None else None
        url = self.confluence_url or _wiki_of(jira, product)
        shared = product is not Product.DATACENTER and host_of(url) == host_of(self.jira_url)
        credential = own or (self._jira_credential() if shared else None)
        if credential is None:
            raise missing(
                "OKR_CONFLUENCE_TOKEN",
                "the way into Jira is not tried at another site",
                "set it, or put it into a file of that name in OKR_SECRETS_DIR",
                "leave OKR_CONFLUENCE_URL out where Confluence is part of the Jira site",
            )
        if credential.token is not None:
            email = self.confluence_email or (self.jira_email if shared else None)
            credential = Credential(email=email, token=credential.token)
        return site_of("CONFLUENCE", url, self._confluence_api(), credential)

    def mappings_folder(self) -> Path:
        """The folder of the mapping files; SettingError where none is named."""
        if self.mappings is None:
            raise missing(
                "OKR_MAPPINGS",
                "it names the folder of the mapping files",
                "make a folder with `okr init DIR` and set OKR_MAPPINGS to it",
                "look around first with `okr demo`",
            )
        return self.mappings

    @property
    def names_jira(self) -> bool:
        """Whether anything is said of Jira and of a way into it; Confluence can stand without."""
        return self.jira_url is not None and not (self.jira_token is None and self.jira_client_id is None)

    @property
    def quiet(self) -> timedelta | None:
        """How long a page must have been left alone before the worker writes it; nothing: not at all."""
        return QUIET if self.refresh is Refresh.QUIET else None

    @property
    def polls(self) -> bool:
        """Whether the clock looks by itself, because neither site can ring."""
        return not any(self.webhook_secrets.any_of(sender) for sender in ("jira", "confluence", "automation"))

    def _jira_credential(self) -> Credential | None:
        return credential_of(
            "JIRA",
            email=self.jira_email,
            token=self.jira_token,
            client_id=self.jira_client_id,
            client_secret=self.jira_client_secret,
        )

    def _confluence_api(self) -> str | None:
        """As given; beside a scoped Jira token, Confluence answers at the same gateway under the same site."""
        if self.confluence_api_url is not None:
            return self.confluence_api_url
        gateway = _GATEWAY.fullmatch(self.jira_api_url or "")
        if gateway and self.confluence_url is None:
            return f"{gateway[1]}/confluence/{gateway[2]}/wiki"
        return None


NAMES: Final = frozenset(str(known.validation_alias) for known in Settings.model_fields.values())


def _refuse_unknown(names: Iterable[str]) -> None:
    known = NAMES | {SECRETS}
    for name in names:
        if name.upper().startswith("OKR_") and name not in known:
            nearest = difflib.get_close_matches(name.upper(), sorted(known), n=1, cutoff=0.0)
            raise unknown(name, nearest[0])


def _file_names(folder: str | None) -> list[str]:
    """Of the files in the folder of secrets, their names; other things there are none of our business."""
    if folder is None:
        return []
    try:
        return sorted(path.name for path in Path(folder).iterdir() if path.is_file())
    except OSError:
        pass
    raise wrong(SECRETS)


def _wiki_of(jira: SiteSettings | None, product: Product) -> str:
    if jira is None or product is Product.DATACENTER:
        raise missing(
            "OKR_CONFLUENCE_URL",
            "on Data Center, Confluence has an address of its own",
            "set it to the address of Confluence",
            "set OKR_PRODUCT to cloud where both are one site",
        )
    return f"{jira.url}/wiki"
