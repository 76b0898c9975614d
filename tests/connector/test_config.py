import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from connector.config import NAMES, Settings
from connector.errors import Code, SettingError
from connector.setting_values import LogLevel, Product, Refresh
from connector.setting_words import MANNERS
from connector.site_settings import SiteSettings

SITE = "https://nordlicht.atlassian.example"
HUSH = "hush-hush-token"
CLOUD = {"OKR_JIRA_URL": SITE, "OKR_JIRA_EMAIL": "okr@example.com", "OKR_JIRA_TOKEN": HUSH}


def read(**environ: str) -> Settings:
    return Settings.from_environment(environ)


def refused(environ: dict[str, str]) -> SettingError:
    with pytest.raises(SettingError) as caught:
        Settings.from_environment(environ)
    return caught.value


def test_an_empty_environment_has_the_documented_defaults() -> None:
    settings = read()
    assert settings.product is Product.AUTO
    assert settings.database_url == "sqlite:///okr.db"
    assert settings.refresh is Refresh.QUIET
    assert settings.log_level is LogLevel.INFO
    assert settings.search_lag == timedelta(minutes=15)
    assert settings.metric_hosts == frozenset()
    assert (settings.jira_url, settings.mappings, settings.public_url, settings.ca_file, settings.proxy) == (None,) * 5


def test_every_setting_is_read(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.touch()
    settings = read(
        OKR_PRODUCT="datacenter",
        OKR_MAPPINGS=str(tmp_path),
        DATABASE_URL="postgresql://okr@db.example/okr",
        OKR_PUBLIC_URL="https://okr.example/",
        OKR_REFRESH="0",
        OKR_LOG_LEVEL="warning",
        OKR_SEARCH_LAG="90s",
        OKR_CA_FILE=str(authority),
        OKR_PROXY="http://okr:hush@proxy.example:3128",
        OKR_METRIC_HOSTS="Metrics.example, numbers.example",
    )
    assert settings.product is Product.DATACENTER
    assert settings.mappings_folder() == tmp_path
    assert settings.database_url == "postgresql://okr@db.example/okr"
    assert settings.public_url == "https://okr.example"
    assert settings.refresh is Refresh.AT_ONCE
    assert settings.log_level is LogLevel.WARNING
    assert settings.search_lag == timedelta(seconds=90)
    assert settings.ca_file == authority
    assert settings.proxy == SecretStr("http://okr:hush@proxy.example:3128")
    assert settings.metric_hosts == {"metrics.example", "numbers.example"}


def test_on_cloud_confluence_is_part_of_the_jira_site() -> None:
    settings = read(**CLOUD)
    email, token = SecretStr("okr@example.com"), SecretStr(HUSH)
    assert settings.jira() == SiteSettings(url=SITE, api_url=SITE, email=email, token=token)
    wiki = f"{SITE}/wiki"
    assert settings.confluence() == SiteSettings(url=wiki, api_url=wiki, email=email, token=token)


def test_confluence_may_come_with_an_account_of_its_own() -> None:
    site = read(**CLOUD, OKR_CONFLUENCE_EMAIL="pages@example.com", OKR_CONFLUENCE_TOKEN="other").confluence()
    assert (site.email, site.token) == (SecretStr("pages@example.com"), SecretStr("other"))


def test_a_confluence_token_of_the_same_site_goes_with_the_same_account() -> None:
    assert read(**CLOUD, OKR_CONFLUENCE_TOKEN="other").confluence().email == SecretStr("okr@example.com")


def test_without_email_the_token_is_alone() -> None:
    assert read(OKR_JIRA_URL=SITE, OKR_JIRA_TOKEN=HUSH).jira().email is None


def test_a_scoped_token_answers_at_the_gateway_for_both_products() -> None:
    settings = read(**CLOUD, OKR_JIRA_API_URL="https://api.atlassian.com/ex/jira/1b2c-3d/")
    assert settings.jira().url == SITE
    assert settings.jira().api_url == "https://api.atlassian.com/ex/jira/1b2c-3d"
    assert settings.confluence().url == f"{SITE}/wiki"
    assert settings.confluence().api_url == "https://api.atlassian.com/ex/confluence/1b2c-3d/wiki"


CLIENT = {"OKR_JIRA_URL": SITE, "OKR_JIRA_CLIENT_ID": "a-client", "OKR_JIRA_CLIENT_SECRET": HUSH}


def test_a_client_comes_in_place_of_a_token_and_serves_both_products_of_a_site() -> None:
    settings = read(**CLIENT)
    for site in (settings.jira(), settings.confluence()):
        assert (site.email, site.token) == (None, None)
        assert site.client is not None
        assert (site.client.settings, site.client.secret) == ("OKR_JIRA_CLIENT", SecretStr(HUSH))
        assert HUSH not in repr(site) + repr(site.client)
    with pytest.raises(SettingError, match="OKR_CONFLUENCE_TOKEN"):
        read(**CLIENT, OKR_CONFLUENCE_URL="https://pages.example").confluence()
    apart = read(**CLIENT, OKR_CONFLUENCE_CLIENT_ID="b-client", OKR_CONFLUENCE_CLIENT_SECRET="other").confluence()
    assert apart.client is not None
    assert (apart.client.settings, apart.client.id) == ("OKR_CONFLUENCE_CLIENT", SecretStr("b-client"))


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"OKR_JIRA_CLIENT_SECRET": ""}, "OKR_JIRA_CLIENT_SECRET"),
        ({"OKR_JIRA_CLIENT_ID": ""}, "OKR_JIRA_CLIENT_ID"),
        ({"OKR_JIRA_TOKEN": "hush"}, "OKR_JIRA_TOKEN"),
        ({"OKR_JIRA_URL": "https://nordlicht.atlassian.net"}, "OKR_JIRA_API_URL"),
    ],
)
def test_half_a_client_or_two_ways_in_are_said_with_two_ways_on(changed: dict[str, str], where: str) -> None:
    with pytest.raises(SettingError) as caught:
        read(**CLIENT | changed).jira()
    assert caught.value.advice.where == where
    assert len(caught.value.advice.options) == 2
    assert "hush" not in str(caught.value)


def test_an_api_address_as_given_wins() -> None:
    settings = read(**CLOUD, OKR_CONFLUENCE_API_URL="http://127.0.0.1:8090/wiki")
    assert settings.confluence().api_url == "http://127.0.0.1:8090/wiki"


def test_the_jira_account_is_never_sent_to_another_host() -> None:
    settings = read(**CLOUD, OKR_CONFLUENCE_URL="https://pages.example")
    with pytest.raises(SettingError) as caught:
        settings.confluence()
    assert (caught.value.code, caught.value.advice.where) == (Code.SETTING_MISSING, "OKR_CONFLUENCE_TOKEN")
    own = read(**CLOUD, OKR_CONFLUENCE_URL="https://pages.example", OKR_CONFLUENCE_TOKEN="other").confluence()
    assert (own.email, own.token) == (None, SecretStr("other"))


def test_on_data_center_confluence_must_be_named() -> None:
    settings = read(**CLOUD, OKR_PRODUCT="datacenter")
    with pytest.raises(SettingError) as caught:
        settings.confluence()
    assert caught.value.advice.where == "OKR_CONFLUENCE_URL"


def test_confluence_can_stand_without_jira() -> None:
    site = read(OKR_CONFLUENCE_URL="https://pages.example", OKR_CONFLUENCE_TOKEN=HUSH).confluence()
    assert (site.url, site.email) == ("https://pages.example", None)


@pytest.mark.parametrize(
    ("environ", "where"),
    [
        ({}, "OKR_JIRA_URL"),
        ({"OKR_JIRA_URL": SITE}, "OKR_JIRA_TOKEN"),
        ({"OKR_JIRA_URL": SITE, "OKR_JIRA_TOKEN": "  "}, "OKR_JIRA_TOKEN"),
    ],
)
def test_what_is_missing_is_named_with_two_ways_on(environ: dict[str, str], where: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environment(environ).confluence()
    assert (caught.value.code, caught.value.advice.where) == (Code.SETTING_MISSING, where)
    assert len(caught.value.advice.options) == 2


def test_the_mapping_folder_is_asked_for_when_it_is_needed() -> None:
    with pytest.raises(SettingError, match="OKR_MAPPINGS"):
        read().mappings_folder()


WRONG = [
    ("OKR_JIRA_URL", "nordlicht.hush.example"),
    ("OKR_JIRA_URL", "http://hush.example"),
    ("OKR_JIRA_URL", "https://okr:hush@nordlicht.example"),
    ("OKR_JIRA_URL", "https://nordlicht.example/?token=hush"),
    ("OKR_JIRA_URL", "https://nordlicht.example#hush"),
    ("OKR_JIRA_URL", "https://nordlicht.example:hush"),
    ("OKR_JIRA_URL", "https:///hush"),
    ("OKR_JIRA_URL", "https://[hush"),
    ("OKR_JIRA_URL", "https://nord licht.example"),
    ("OKR_JIRA_URL", "https://nordlïcht.example"),
    ("OKR_JIRA_URL", "file:///etc/hush"),
    ("OKR_JIRA_EMAIL", "hush"),
    ("OKR_JIRA_EMAIL", "hush:x@example.com"),
    ("OKR_JIRA_TOKEN", "hush hush"),
    ("OKR_JIRA_TOKEN", "hush\nhush"),
    ("OKR_JIRA_TOKEN", "hüsch"),
    ("OKR_CONFLUENCE_API_URL", "http://10.0.0.7/hush"),
    ("OKR_PRODUCT", "server"),
    ("DATABASE_URL", "mysql://okr:hush@db.example/okr"),
    ("OKR_PUBLIC_URL", "okr.hush.example"),
    ("OKR_REFRESH", "1"),
    ("OKR_LOG_LEVEL", "loud"),
    ("OKR_SEARCH_LAG", "20"),
    ("OKR_TOKEN_EXPIRES", "hush"),
    ("OKR_TOKEN_EXPIRES", "30.06.2027"),
    ("OKR_SEARCH_LAG", "fifteen hush"),
    ("OKR_SEARCH_LAG", "-1m"),
    ("OKR_SEARCH_LAG", "25h"),
    ("OKR_SEARCH_LAG", "٣m"),
    ("OKR_CA_FILE", "/nowhere/hush.pem"),
    ("OKR_PROXY", "socks5://hush"),
    ("OKR_PROXY", "http://okr:hush@proxy.example:port"),
    ("OKR_METRIC_HOSTS", "https://hush.example/path"),
    ("OKR_METRIC_HOSTS", "10.0.0.1:hush"),
    ("OKR_SECRETS_DIR", "/nowhere/hush"),
    ("OKR_CALENDAR_SECRET", "two hush words"),
    ("OKR_UI_IDENTITY", "X-Hush"),
    ("OKR_UI_IDENTITY", "X-Hush@0.0.0.0/0"),
    ("OKR_UI_IDENTITY", "X-Hush@proxy.example"),
    ("OKR_UI_IDENTITY", "X Hush@127.0.0.1"),
    ("OKR_POSTS", "onboarding=https://hush.example/services/T/B/x"),
    ("OKR_POSTS", "onboarding=http://hooks.slack.com/services/hush"),
    ("OKR_POSTS", "onboarding=https://hooks.slack.com.hush.example/services/x"),
    ("OKR_POSTS", "onboarding=https://hooks.slack.com@hush.example/services/x"),
    ("OKR_POSTS", "onboarding=https://hush@hooks.slack.com/services/x"),
    ("OKR_POSTS", "onboarding=https://hooks.slack.com:8443/services/hush"),
    ("OKR_POSTS", "onboarding=https://evilwebhook.office.com/hush"),
    ("OKR_POSTS", "https://hooks.slack.com/services/hush"),
    ("OKR_POSTS", "onboarding=https://hooks.slack.com/hush,onboarding=https://hooks.slack.com/hush2"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_named_with_two_ways_on_and_never_quoted(name: str, value: str) -> None:
    error = refused({name: value})
    assert (error.code, error.advice.where) == (Code.SETTING_WRONG, name)
    assert len(error.advice.options) == 2
    assert error.advice.why
    assert value not in str(error)
    assert "hush" not in repr(error)
    assert (error.__context__, error.__cause__) == (None, None)


def test_every_setting_has_its_own_words_when_it_is_wrong() -> None:
    anything = {"OKR_MAPPINGS"}  # any text is a path
    shared = {"OKR_PUBLIC_URL"}
    assert set(MANNERS) | anything | shared == NAMES | {"OKR_SECRETS_DIR"}


def test_all_wrong_settings_are_named_at_once() -> None:
    error = refused({"OKR_JIRA_URL": "hush", "OKR_SEARCH_LAG": "hush", "OKR_PRODUCT": "hush"})
    assert all(name in str(error) for name in ("OKR_JIRA_URL", "OKR_SEARCH_LAG", "OKR_PRODUCT"))
    assert "hush" not in str(error)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("OKR_JIRA_TOKN", "OKR_JIRA_TOKEN"),
        ("OKR_JIRA_ULR", "OKR_JIRA_URL"),
        ("OKR_CONFLUENCE_MAIL", "OKR_CONFLUENCE_EMAIL"),
        ("OKR_DATABASE_URL", "DATABASE_URL"),
        ("okr_product", "OKR_PRODUCT"),
        ("OKR_MAPPING", "OKR_MAPPINGS"),
    ],
)
def test_an_unknown_setting_is_refused_with_the_nearest_known_one(name: str, nearest: str) -> None:
    error = refused({name: HUSH})
    assert (error.code, error.advice.where) == (Code.SETTING_WRONG, name)
    assert f"the nearest known one is {nearest}" in str(error)
    assert HUSH not in str(error)


def test_settings_of_rooms_that_come_later_are_no_slip_of_the_pen() -> None:
    read(OKR_UI_TOKEN=HUSH, OKR_WEBHOOK_SECRETS=f"jira={HUSH}", PATH="/bin", OKRA="no setting of ours")


def test_secrets_come_from_a_folder_and_a_variable_wins(tmp_path: Path) -> None:
    (tmp_path / "OKR_JIRA_TOKEN").write_text(f"{HUSH}\n")
    (tmp_path / "OKR_JIRA_URL").write_text("https://from-a-file.example")
    (tmp_path / "OKR_METRIC_HOSTS").write_text("a.example,b.example")
    (tmp_path / "somebody-elses").write_text("not ours")
    settings = read(OKR_SECRETS_DIR=str(tmp_path), OKR_JIRA_URL=SITE)
    assert settings.jira().token == SecretStr(HUSH)
    assert settings.jira().url == SITE
    assert settings.metric_hosts == {"a.example", "b.example"}


def test_a_setting_means_the_same_in_a_file_as_in_a_variable(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.touch()
    written = {
        **CLOUD,
        **{name: "https://api.example" for name in NAMES if name.endswith("_URL") and name != "DATABASE_URL"},
        **{name: HUSH for name in NAMES if name.endswith(("_TOKEN", "_CLIENT_ID", "_CLIENT_SECRET"))},
        **{name: "okr@example.com" for name in NAMES if name.endswith("_EMAIL")},
        "OKR_PRODUCT": "cloud",
        "OKR_MAPPINGS": "/okrs",
        "DATABASE_URL": "sqlite:///here.db",
        "OKR_REFRESH": "0",
        "OKR_LOG_LEVEL": "ERROR",
        "OKR_SEARCH_LAG": "3m",
        "OKR_CA_FILE": str(authority),
        "OKR_PROXY": "http://proxy.example:3128",
        "OKR_WEBHOOK_SECRETS": f"jira={HUSH},readings/onboarding={HUSH}",
        "OKR_UI_IDENTITY": "X-User@10.1.2.3",
        "OKR_CALENDAR_SECRET": HUSH,
        "OKR_POSTS": "onboarding=https://hooks.slack.com/services/T/B/x",
        "OKR_METRIC_HOSTS": "a.example",
        "OKR_TOKEN_EXPIRES": "2027-06-30",
    }
    assert set(written) == NAMES
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name, value in written.items():
        (folder / name).write_text(f"{value}\n")
    assert read(OKR_SECRETS_DIR=str(folder)).model_dump() == read(**written).model_dump()


def test_a_wrong_name_or_value_in_the_folder_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "OKR_JIRA_TOKEN").write_text("hush hush")
    assert refused({"OKR_SECRETS_DIR": str(tmp_path)}).advice.where == "OKR_JIRA_TOKEN"
    (tmp_path / "OKR_JIRA_TOKEN").write_bytes(b"\xffhush")
    assert refused({"OKR_SECRETS_DIR": str(tmp_path)}).advice.where == "OKR_SECRETS_DIR"
    (tmp_path / "OKR_JIRA_TOKN").write_text("hush")
    assert refused({"OKR_SECRETS_DIR": str(tmp_path)}).advice.where == "OKR_JIRA_TOKN"


def test_the_process_environment_is_never_read_by_itself() -> None:
    script = (
        "from connector.config import Settings;"
        "s = Settings.from_environment({}); assert s.jira_url is None; assert s.product == 'auto'; print('unread')"
    )
    environ = {**os.environ, "OKR_JIRA_URL": SITE, "OKR_PRODUCT": "nonsense", "OKR_NONSENSE": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("unread\n", "")


def test_settings_do_not_change_and_show_nothing() -> None:
    settings = read(**CLOUD, DATABASE_URL="postgresql://okr:hush@db.example/okr")
    with pytest.raises(ValidationError):
        settings.jira_url = "https://other.example"
    shown = f"{settings!r} {settings} {settings.jira()!r} {settings.confluence()!r}"
    assert not [part for part in ("hush", "okr@example.com") if part in shown]


def test_each_team_may_have_an_address_that_no_repr_shows() -> None:
    slack, teams = "https://hooks.slack.com/services/T0/B0/hush", "https://nord.webhook.office.com/webhookb2/hush"
    flow = "https://prod-1.westeurope.logic.azure.com:443/workflows/hush?sp=%2Ftriggers&sig=hush"
    posts = read(OKR_POSTS=f"Onboarding={slack}, metering={teams}\nheat={flow}").posts
    assert dict(posts.by_team) == {"onboarding": slack, "metering": teams, "heat": flow}
    assert "hush" not in repr(posts)


@pytest.mark.parametrize(
    ("peer", "shown", "admitted"),
    [
        ("127.0.0.1", ["somebody"], True),
        ("::ffff:127.0.0.1", ["somebody"], True),
        ("10.1.2.9", ["somebody"], True),
        ("10.1.3.9", ["somebody"], False),
        ("127.0.0.1", [], False),
        ("127.0.0.1", [" "], False),
        ("127.0.0.1", ["one", "two"], False),
        ("", ["somebody"], False),
        (None, ["somebody"], False),
        ("unix:", ["somebody"], False),
    ],
)
def test_only_a_proxy_that_is_named_may_say_that_somebody_is_there(
    peer: str | None, shown: list[str], admitted: bool
) -> None:
    identity = read(OKR_UI_IDENTITY="X-Remote-User@127.0.0.1, 10.1.2.0/24").ui_identity
    assert identity is not None
    assert identity.admits(peer, shown) is admitted
