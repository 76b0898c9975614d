"""The proxies as they are shipped, before the server of the Procfile: what they let through, and what they keep."""

import hashlib
import hmac
import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import prepare
from tests.flow.running import free_port, get, killed, soon
from webhooks.calls import LIMIT

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "connector" / "operations"
NAME = "okr.your-company.example"
SECRET = b"s" * 32
HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"
STARTED = 40.0
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -keyout key.pem -out fullchain.pem "
    f"-subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
)
SIGNED_IN, CANARY = "X-Remote-User", "kanarie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxied:
    """A proxy, by its ports and the folder of all that it writes."""

    plain: int
    secure: int
    behind: int
    folder: Path

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *, by: str = HERE
    ) -> http.client.HTTPResponse:
        """Through TLS, from this address of the machine."""
        foreign = ssl.create_default_context()
        foreign.check_hostname, foreign.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPConnection(NAME)
        open_to_all = socket.create_connection((HERE, self.secure), 15, (by, 0))
        with foreign.wrap_socket(open_to_all, server_hostname=NAME) as connection.sock:
            connection.request(method, path, body or None, {"Host": NAME, **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            return answer

    def plainly(self, path: str) -> http.client.HTTPResponse:
        """Without TLS."""
        connection = http.client.HTTPConnection(HERE, self.plain, timeout=15)
        connection.request("GET", path, headers={"Host": NAME})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def kept(self) -> str:
        """Everything that the proxy wrote about its visitors."""
        return "".join(file.read_text("utf-8") for file in self.folder.glob("*.log"))


def nginx(on: Proxied, signed_in: str) -> list[str]:
    """The sample between the lines that every installation of nginx has around it."""
    text = (FOLDER / "nginx.conf").read_text("utf-8")
    text = text.replace("/etc/ssl/okr", str(on.folder)).replace("/var/log/nginx", str(on.folder))
    text = re.sub(r"(listen (?:\[::\]:)?)80;", rf"\g<1>{on.plain};", text)
    text = re.sub(r"(listen (?:\[::\]:)?)443 ", rf"\g<1>{on.secure} ", text)
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{on.behind}")
    if signed_in:
        text = re.sub(rf'(proxy_set_header\s+{SIGNED_IN}\s+)""', rf'\g<1>"{signed_in}"', text)
    (on.folder / "site.conf").write_text(text, "utf-8")
    places = "".join(
        f"{kind}_temp_path {on.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    around = f"daemon off; pid {on.folder}/pid; events {{}} http {{ {places} include {on.folder}/site.conf; }}"
    (on.folder / "nginx.conf").write_text(around, "utf-8")
    return ["nginx", "-c", str(on.folder / "nginx.conf"), "-e", str(on.folder / "begin.txt")]


def caddy(on: Proxied, signed_in: str) -> list[str]:
    """The sample with a certificate of its own, since none can be fetched here."""
    text = (FOLDER / "Caddyfile").read_text("utf-8")
    text = text.replace(f"{NAME} {{", f"{NAME} {{\n\ttls {on.folder}/fullchain.pem {on.folder}/key.pem", 1)
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{on.behind}")
    if signed_in:
        text = text.replace(f"header_up -{SIGNED_IN}", f"header_up {SIGNED_IN} {signed_in}")
    text = text.replace("\n{\n", f"\n{{\n\tadmin off\n\thttp_port {on.plain}\n\thttps_port {on.secure}\n", 1)
    (on.folder / "Caddyfile").write_text(text, "utf-8")
    return ["caddy", "run", "--config", str(on.folder / "Caddyfile"), "--adapter", "caddyfile"]


PROXIES: dict[str, Callable[[Proxied, str], list[str]]] = {"nginx": nginx, "caddy": caddy}


@contextmanager
def running(command: Sequence[str], folder: Path, **environ: str) -> Iterator[None]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with (folder / "said.txt").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(folder), **environ},
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(15)
            killed([process.pid])


def server(port: int) -> list[str]:
    web = next(line for line in (ROOT / "Procfile").read_text("utf-8").splitlines() if line.startswith("web: "))
    return web.removeprefix("web: ").replace("$PORT", str(port)).split()


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a web process that believes what a proxy of this machine says; what it writes is in `said.txt`."""
    folder, port = tmp_path_factory.mktemp("behind"), free_port()
    database = f"sqlite:///{folder / 'okr.db'}"
    shutil.copytree(ROOT / "mappings" / "example", folder / "book")
    prepare(database)
    environ = {
        "DATABASE_URL": database,
        "OKR_MAPPINGS": str(folder / "book"),
        "OKR_JIRA_URL": "http://127.0.0.1:9",
        "OKR_JIRA_EMAIL": "okr@example.org",
        "OKR_JIRA_TOKEN": "t" * 40,
        "OKR_WEBHOOK_SECRETS": f"jira={SECRET.decode()}",
        "OKR_UI_IDENTITY": f"{SIGNED_IN}@127.0.0.1",
    }
    with running(server(port), folder, **environ):
        assert soon(lambda: get(port, "/healthz") == 200, STARTED), said(folder)
        yield port
    assert CANARY not in said(folder)


@pytest.fixture(params=PROXIES)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} on this machine")
    return name


@contextmanager
def proxied(kind: str, folder: Path, behind: int, signed_in: str = "") -> Iterator[Proxied]:
    """The sample; with a name it is changed as its comment says, and somebody of that name is signed in."""
    on = Proxied(plain=free_port(), secure=free_port(), behind=behind, folder=folder)
    subprocess.run(shlex.split(CERTIFICATE), cwd=folder, check=True, capture_output=True, timeout=30)
    with running(PROXIES[kind](on, signed_in), folder):
        assert soon(lambda: reachable(on.secure), STARTED), said(folder)
        yield on


def said(folder: Path) -> str:
    return (folder / "said.txt").read_text("utf-8")


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HERE, port)) == 0


def test_a_proxy_ends_tls_and_says_itself_who_is_signed_in(kind: str, behind: int, tmp_path: Path) -> None:
    with proxied(kind, tmp_path, behind) as on:
        moved = on.plainly("/status")
        assert moved.status in (301, 308)
        assert (moved.headers["Location"] or "").startswith(f"https://{NAME}")
        for header in (SIGNED_IN, SIGNED_IN.lower(), "X_Remote_User", "x_remote-user"):
            assert on.ask("GET", "/status", headers={header: "somebody"}).status == 403, header
        answer = on.ask("GET", "/healthz")
        assert (answer.status, answer.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
        assert on.ask("GET", "/metrics").status == 200
        assert on.ask("GET", "/metrics", by=ELSEWHERE).status in (403, 404)
        assert on.ask("GET", "/healthz", by=ELSEWHERE).status == 200


def test_a_proxy_brings_what_was_signed_to_the_byte_and_nothing_too_large(
    kind: str, behind: int, tmp_path: Path
) -> None:
    body = b'{"webhookEvent":"jira:issue_updated","issue":{"id":"1","key":"ONB-1","fields":{"summary":"\xc3\xa4 "}}}'
    with proxied(kind, tmp_path, behind) as on:
        assert on.ask("POST", "/webhooks/jira", body, signed(body)).status == 204  # of a team that is not ours
        assert on.ask("POST", "/webhooks/jira", body + b" ", signed(body)).status == 401
        large = b'{"webhookEvent":"' + b"x" * LIMIT + b'"}'
        assert on.ask("POST", "/webhooks/jira", large, signed(large)).status in (413, 502)  # an old Caddy says 502


def test_whom_the_proxy_knows_may_see_and_nothing_is_kept_of_it(kind: str, behind: int, tmp_path: Path) -> None:
    with proxied(kind, tmp_path, behind, signed_in=CANARY) as on:
        assert on.ask("GET", "/status?of=" + CANARY, headers={"User-Agent": CANARY}, by=ELSEWHERE).status == 200
        assert on.ask("GET", "/nothing/" + CANARY, by=ELSEWHERE).status == 404
    (tmp_path / "down").mkdir()
    with proxied(kind, tmp_path / "down", free_port()) as down:
        assert down.ask("GET", "/" + CANARY, headers={"User-Agent": CANARY}, by=ELSEWHERE).status == 502
    everything = on.kept() + down.kept() + said(tmp_path) + said(tmp_path / "down")
    assert CANARY not in everything
    assert ELSEWHERE not in everything
    assert kind != "nginx" or re.search(r"^\S+ GET 200 [0-9.]+$", on.kept(), re.MULTILINE)


def signed(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature": f"sha256={hmac.new(SECRET, body, hashlib.sha256).hexdigest()}"}
