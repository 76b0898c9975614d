"""What is shipped for running the connector: each file is held against the program that it starts."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.cli import COMMANDS
from connector.config import Settings
from connector.ending import DRAIN
from webhooks.calls import LIMIT

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "connector" / "operations"
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")])
ANALYZE = shutil.which("systemd-analyze")


def settings_of(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def commands() -> Iterator[tuple[str, list[str]]]:
    for unit in FOLDER.glob("*.service"):
        for line in settings_of(unit).get("ExecStart", []):
            yield unit.name, shlex.split(line)


def verified(folder: Path) -> str:
    """What systemd says of the units, with programs that are here in place of those that are not."""
    for unit in UNITS:
        text = re.sub(r"/opt/okr-connector/\.venv/bin/\w+", "/bin/true", unit.read_text("utf-8"))
        (folder / unit.name).write_text(text, "utf-8")
    command = [ANALYZE or "", "verify", "--man=no", *(str(folder / unit.name) for unit in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return f"{done.stdout}{done.stderr}"


@pytest.mark.skipif(ANALYZE is None, reason="there is no systemd-analyze on this machine")
def test_systemd_has_nothing_against_the_units(tmp_path: Path) -> None:
    assert verified(tmp_path) == ""


@pytest.mark.skipif(ANALYZE is None, reason="there is no systemd-analyze on this machine")
def test_systemd_would_have_something_against_a_slip(tmp_path: Path) -> None:
    wrong = tmp_path / "okr-wrong.service"
    wrong.write_text("[Service]\nExecStart=/bin/true\nProtectSytem=strict\n", "utf-8")
    command = [ANALYZE or "", "verify", "--man=no", str(wrong)]
    assert "ProtectSytem" in subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stderr


def test_every_unit_starts_a_command_that_there_is() -> None:
    started = dict(commands())
    for name, words in started.items():
        if words[0].endswith("/okr"):
            assert words[1] in COMMANDS, name
    assert {words[1] for words in started.values() if words[0].endswith("/okr")} == {"serve", "worker", "clock"}
    assert "okr backup" in " ".join(started["okr-backup.service"])


def test_the_web_unit_and_the_procfile_start_the_same_server() -> None:
    web = next(line for line in (ROOT / "Procfile").read_text("utf-8").splitlines() if line.startswith("web: "))
    of_unit = next(words for name, words in commands() if name == "okr-web.service")
    of_file = shlex.split(web.removeprefix("web: "))
    here = {"0.0.0.0": "127.0.0.1", "$PORT": "8080"}  # noqa: S104 (a word of the Procfile)
    assert of_unit[1:] == [here.get(word, word) for word in of_file[1:]]


def test_every_service_is_private_and_hardened() -> None:
    for unit in FOLDER.glob("*.service"):
        told = settings_of(unit)
        assert told["UMask"] == ["0077"]
        assert told["User"] == ["okr-connector"]
        assert told["StateDirectoryMode"] == ["0700"]
        assert {"NoNewPrivileges", "CapabilityBoundingSet", "ProtectSystem", "SystemCallFilter"} <= told.keys()
        assert told["LimitCORE"] == ["0"]


def test_a_process_has_longer_to_end_than_it_takes() -> None:
    for unit in FOLDER.glob("*.service"):
        for seconds in settings_of(unit).get("TimeoutStopSec", []):
            assert float(seconds) > DRAIN


def test_every_unit_may_write_where_the_database_lies() -> None:
    address = next(line for line in (FOLDER / "okr-connector.env").read_text("utf-8").splitlines() if "sqlite" in line)
    for unit in FOLDER.glob("*.service"):
        told = settings_of(unit)
        assert told["ProtectSystem"] == ["strict"]
        folders = [f"/var/lib/{name}/" for name in told["StateDirectory"][0].split()]
        assert any(address.removeprefix("DATABASE_URL=sqlite:///").startswith(each) for each in folders), unit.name
        if unit.name == "okr-backup.service":
            assert all(
                "/var/lib/okr-connector/backups" in " ".join(told[key]) for key in ("ExecStart", "ExecStartPost")
            )


def test_the_settings_of_the_units_are_known_and_hold_no_secret(tmp_path: Path) -> None:
    lines = (FOLDER / "okr-connector.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert not [name for name in given if "TOKEN" in name or name.endswith("_SECRETS")]
    (tmp_path / "OKR_JIRA_TOKEN").write_text("x" * 40)
    (tmp_path / "OKR_WEBHOOK_SECRETS").write_text(f"jira={'s' * 32}")
    settings = Settings.from_environment({**given, "OKR_SECRETS_DIR": str(tmp_path)})
    assert settings.jira().token.get_secret_value() == "x" * 40
    assert not settings.polls


def statements(text: str) -> list[list[str]]:
    """nginx's grammar: words, ended by a semicolon or a block; every block is closed."""
    plain = re.sub(r"#.*", "", text)
    found, words, depth = [], [], 0
    for token in re.findall(r'"[^"]*"|\'[^\']*\'|[{};]|[^\s{};]+', plain):
        if token in "{;":
            assert words, "a block or an end without words"
            found.append(words)
            words = []
        elif token == "}":
            assert not words, f"{words} has no end"
        else:
            words.append(token)
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
    assert (depth, words) == (0, [])
    return found


def test_the_proxy_ends_tls_keeps_the_limits_and_says_itself_who_is_signed_in() -> None:
    told = statements((FOLDER / "nginx.conf").read_text("utf-8"))
    heads = {tuple(words[:2]) for words in told}
    assert ("proxy_set_header", "X-Remote-User") in heads
    assert ("client_max_body_size", "4m") in heads
    assert LIMIT == 4 * 2**20
    assert {words[1] for words in told if words[0] == "proxy_pass"} == {"http://127.0.0.1:8080"}
    logged = " ".join(word for words in told if words[0] == "log_format" for word in words)
    assert not re.search(r"\$(remote|request_uri|args|http_)", logged)
    assert any(words[:2] == ["add_header", "Strict-Transport-Security"] for words in told)
    caddy = (FOLDER / "Caddyfile").read_text("utf-8")
    assert caddy.count("{") == caddy.count("}")
    assert "header_up -X-Remote-User" in caddy
    assert "reverse_proxy 127.0.0.1:8080" in caddy


def test_the_grammar_sees_a_block_that_is_not_closed() -> None:
    with pytest.raises(AssertionError):
        statements("server { listen 80; ")
    with pytest.raises(AssertionError):
        statements("server { listen 80 }")


def test_the_image_is_made_from_the_hashed_lock_and_does_not_run_as_root() -> None:
    text = re.sub(r"\\\n", " ", (FOLDER / "Containerfile").read_text("utf-8"))
    lines = [line.split(None, 1) for line in text.splitlines() if line and not line.startswith("#")]
    assert {word for word, _ in lines} <= {
        *("FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD")
    }
    for word, rest in lines:
        if word == "COPY" and not rest.startswith("--from"):
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
        if word == "RUN" and "pip install" in rest:
            assert "--require-hashes" in rest or "--no-deps --no-build-isolation" in rest
    assert [rest for word, rest in lines if word == "USER"] == ["10001:10001"]
    assert "MPLCONFIGDIR=/data/" in text  # the account has no home
    assert 'CMD ["okr", "serve", "--port", "8080"]' in text
    assert "http://127.0.0.1:8080/healthz" in text
