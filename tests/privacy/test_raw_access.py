"""Laws over the syntax tree: bytes go to the boundary in named places only, and no text of others into a message.

The sandbox is an imitation of the sites and reads what we sent; the proof's own modules are held to all laws but the
one about tracebacks, which they look for people in.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROOF = "connector/privacy/canar"
BYTES_TO_THE_BOUNDARY = {
    "webhooks/calls.py": {"stream"},
    "connector/gateways/transport.py": {"content"},
    "connector/gateways/session.py": {"content"},
    "connector/gateways/metric_endpoint.py": {"read"},
    "connector/web/privacy.py": {"form"},  # a message that a person pasted, to be shown what remains of it
}
KINDS_OF_ERRORS = {"connector/gateways/metric_endpoint.py": "error.args"}  # looked through for a class, never printed
RESPONSES = {"response", "answer", "answered", "reply", "request", "outcome", "r", "resp", "flask.request"}
RAW = {"json", "get_json", "data", "text", "content", "raw", "stream", "get_data", "form", "files", "iter_content"}
LOGGERS = {"log", "logger", "logging"}
SPEAKING = {"debug", "info", "warning", "error", "exception", "critical", "log"}

Law = Callable[[str, ast.AST], Iterator[str]]


def modules() -> Iterator[tuple[str, str]]:
    for package in ("mappings", "webhooks", "connector"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "sandbox" not in path.parts and "versions" not in path.parts:
                yield name, path.read_text("utf-8")


def broken(law: Law, name: str, source: str) -> list[str]:
    return [f"{name}: {what}" for what in law(name, ast.parse(source))]


def raw_access(name: str, tree: ast.AST) -> Iterator[str]:
    """`.json()`, `request.data`, `response.text` and their like, but for the named places."""
    allowed = BYTES_TO_THE_BOUNDARY.get(name, set())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in RAW - allowed:
            called = node.attr in {"get_json", "get_data", "iter_content"}
            if called or ast.unparse(node.value) in RESPONSES:
                yield f"{node.lineno} {ast.unparse(node)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "json":
            yield f"{node.lineno} {ast.unparse(node)[:60]}"


def parsed_json(name: str, tree: ast.AST) -> Iterator[str]:
    """A body parsed to a tree of anything: only of files of our own."""
    own = {"connector/commands/privacy.py", "connector/privacy/agreement.py", "connector/privacy/canary_site.py"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"json.loads", "json.load"} and name not in own:
            yield f"{node.lineno} {ast.unparse(node)[:60]}"


def filled_log_lines(name: str, tree: ast.AST) -> Iterator[str]:
    """A sentence that is filled in, or anything beside it but `exc_info=` and `extra=facts(…)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in SPEAKING or ast.unparse(node.func.value) not in LOGGERS:
            continue
        sentence, *more = [*node.args, None]
        plain = isinstance(sentence, ast.Constant) and isinstance(sentence.value, str) and "%" not in sentence.value
        extras = [k for k in node.keywords if k.arg not in {"exc_info", "extra"}]
        typed = all(ast.unparse(k.value).startswith("facts(") for k in node.keywords if k.arg == "extra")
        if not plain or [one for one in more if one is not None] or extras or not typed:
            yield f"{node.lineno} {ast.unparse(node)[:80]}"


def spoken_errors(name: str, tree: ast.AST) -> Iterator[str]:
    """The text of an error in a message, unless it is caught as one of ours, whose texts are constant."""
    for handler in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name):
        if handler.type is not None and _ours(handler.type):
            continue
        for node in ast.walk(handler):
            if _speaks(node, str(handler.name)) and KINDS_OF_ERRORS.get(name) != ast.unparse(node):
                yield f"{node.lineno} {ast.unparse(node)[:60]}"


def _ours(kind: ast.expr) -> bool:
    names = [ast.unparse(one) for one in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]
    return all(
        name in {"ConnectorError", "BookError", "SettingError", "BoundaryError", "Refused", "Busy"} for name in names
    )


def _speaks(node: ast.AST, error: str) -> bool:
    if isinstance(node, ast.FormattedValue):
        return ast.unparse(node.value) == error
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"str", "repr", "format", "vars"}:
        return [ast.unparse(argument) for argument in node.args[:1]] == [error]
    return isinstance(node, ast.Attribute) and ast.unparse(node) in {
        f"{error}.args",
        f"{error}.doc",
        f"{error}.message",
    }


def tracebacks(name: str, tree: ast.AST) -> Iterator[str]:
    """Tracebacks as text, with local values or without; rich and Flask would make them as well."""
    if name.startswith(PROOF):
        return
    words = {"traceback", "cgitb", "faulthandler", "rich.traceback"}
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if words & set(names):
            yield f"{node.lineno} {ast.unparse(node)}"  # type: ignore[attr-defined]  # an import has a line
        if isinstance(node, ast.keyword) and node.arg in {"capture_locals", "show_locals", "debug"}:
            yield f"{node.value.lineno} {node.arg}="


def queries(name: str, tree: ast.AST) -> Iterator[str]:
    """A query put together out of words; only `mappings/jql.py` knows how to do that."""
    if name == "mappings/jql.py":
        return
    signs = (" = ", " in (", " IN (", " AND ", " ORDER BY ", "!= ", " IS EMPTY", " ~ ")
    fields = ("project", "labels", "assignee", "issuetype", "parent", "key", "updated", "reporter")
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)):
            text = "".join(
                part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            if any(f"{field}{sign}" in text for field in fields for sign in signs):
                yield f"{node.lineno} {ast.unparse(node)[:80]}"


LAWS: dict[Law, str] = {
    raw_access: "def read(response):\n    return response.json()",
    parsed_json: "import json\nfact = json.loads(body)",
    filled_log_lines: "log.info(f'a call by {who}')",
    spoken_errors: "try:\n    work()\nexcept ValueError as error:\n    say(f'it broke: {error}')",
    tracebacks: "import traceback",
    queries: "question = f'project = {key} AND status = Done'",
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_keeps_the_law(law: Law) -> None:
    assert [what for name, source in modules() for what in broken(law, name, source)] == []


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_law_sees_a_planted_breach(law: Law) -> None:
    assert broken(law, "connector/planted.py", LAWS[law])


BREACHES = [
    (raw_access, "from flask import request\nbody = request.get_json()"),
    (raw_access, "body = request.data"),
    (raw_access, "text = response.text"),
    (raw_access, "rest = response.raw.read()"),
    (raw_access, "whole = client.get('x').json()"),
    (filled_log_lines, "log.info('by %s', who)"),
    (filled_log_lines, "log.warning('x', extra={'user': who})"),
    (filled_log_lines, "log.exception(error)"),
    (filled_log_lines, "logging.error('by ' + who)"),
    (spoken_errors, "try:\n    pass\nexcept Exception as e:\n    raise Other(str(e))"),
    (spoken_errors, "try:\n    pass\nexcept KeyError as e:\n    echo(repr(e))"),
    (spoken_errors, "try:\n    pass\nexcept OSError as e:\n    put(e.args)"),
    (tracebacks, "app.run(debug=True)"),
    (queries, "q = 'assignee = ' + who"),
    (queries, "q = 'labels in (%s) AND x' % name"),
]


@pytest.mark.parametrize(("law", "breach"), BREACHES)
def test_the_laws_see_breaches_of_every_kind(law: Law, breach: str) -> None:
    assert broken(law, "connector/planted.py", breach)


def test_the_named_places_are_still_there() -> None:
    """A list of exceptions that outlives its reasons would hide a new breach."""
    sources = dict(modules())
    gone = [name for name in BYTES_TO_THE_BOUNDARY if name not in sources]
    assert gone == []
    for name, attributes in BYTES_TO_THE_BOUNDARY.items():
        assert any(f".{attribute}" in sources[name] for attribute in attributes), name
