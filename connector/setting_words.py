"""What is said when a setting is missing or not understood; no message quotes a value, which may be a secret."""

from dataclasses import dataclass

from connector.errors import Advice, Code, SettingError


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
_CLIENT = Manner(
    why="the id and the secret of a client are one line each, without spaces",
    options=("copy it again from the service account's credentials", "put it alone into a file of the secrets"),
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
    "OKR_TOKEN_EXPIRES": Manner(
        why="it is the last day of the token, so that `okr doctor`, `/status` and the log can say it in time",
        options=("write a day like 2027-06-30", "leave it out: then nobody is told beforehand"),
    ),
    "OKR_CALENDAR_SECRET": _TOKEN,
    "OKR_UI_IDENTITY": Manner(
        why="it is the name of a header, an @, and the addresses of the proxies that set it",
        options=("write X-Remote-User@127.0.0.1 or X-Remote-User@10.1.2.0/24", "leave it out and set OKR_UI_TOKEN"),
    ),
    "OKR_POSTS": Manner(
        why="it takes pairs like onboarding=https://hooks.slack.com/services/… between commas; other hosts are those"
        " of Teams: webhook.office.com, logic.azure.com, powerplatform.com",
        options=("copy the address from Slack or Teams again", "leave it out: then nothing is posted"),
    ),
    "OKR_WEBHOOK_SECRETS": Manner(
        why="it takes pairs like jira=secret between commas; senders: jira, confluence, automation, readings[/<team>]",
        options=("write it as in the README", "leave it out: then the clock looks by itself"),
    ),
    "OKR_AUTH_URL": _ADDRESS,
    "OKR_SECRETS_DIR": Manner(
        why="no readable folder is there", options=("check the path and its rights", "leave it out")
    ),
} | {
    f"OKR_{site}_{part}": manner
    for site in ("JIRA", "CONFLUENCE")
    for part, manner in (
        ("URL", _ADDRESS),
        ("API_URL", _ADDRESS),
        ("TOKEN", _TOKEN),
        ("EMAIL", _ACCOUNT),
        ("CLIENT_ID", _CLIENT),
        ("CLIENT_SECRET", _CLIENT),
    )
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


def twofold(name: str, other: str) -> SettingError:
    """Two settings of which only one can hold."""
    return SettingError(
        Code.SETTING_WRONG,
        Advice(
            where=name,
            what="This setting and another say two things",
            why=f"{other} is set as well, and only one of them can be the way in",
            options=(f"remove {name}", f"remove {other} and what belongs to it"),
        ),
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
