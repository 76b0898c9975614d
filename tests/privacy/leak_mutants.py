"""Ways in which somebody could let a person out by a small change, each as a change of a copy of the tree."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What the planted lines call; a module of its own in the copy.
LEAKING = """
import base64, hashlib, html, json, logging, os, quopri, re, tempfile, unicodedata, zlib
from urllib.parse import quote

LAST = [""]
_log = logging.getLogger("webhooks.door")


def names(body):
    found = re.findall(rb'"displayName": "((?:[^"\\\\\\\\]|\\\\\\\\.)*)"', body)
    LAST[0] = " ".join(json.loads(b'"' + name + b'"') for name in found) or LAST[0]
    return LAST[0]


def say(text):
    _log.warning(text)


def keep(house, text):
    def work(connection):
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS leak (words TEXT)")
        connection.exec_driver_sql("INSERT INTO leak VALUES (?)", (text,))

    house.rings.ledger._transactions.write(work)


def to_a_file(body):
    with tempfile.NamedTemporaryFile(prefix="letter-", delete=False) as file:
        file.write(body)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One text of a file in place of another."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One leak; `processes`: it only shows where server and commands are processes of their own."""

    name: str
    edits: tuple[Edit, ...]
    processes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the proof said of a tree."""

    sinks: tuple[str, ...]  # in which people were found
    encodings: tuple[str, ...]
    absent: tuple[str, ...]
    whole: bool


def _at_the_door(leak: str) -> tuple[Edit, ...]:
    """`leak` sees `body`, `house`, and what the leaking module holds."""
    return (
        Edit(
            file="webhooks/jira.py",
            old='        return rung(house, "jira", jira_event(signed_body(keys), request.args, house.labels()))',
            new="        body = signed_body(keys)\n"
            f"        {leak}\n"
            '        return rung(house, "jira", jira_event(body, request.args, house.labels()))',
        ),
        Edit(
            file="webhooks/jira.py",
            old="from flask import Response, request\n",
            new="from flask import Response, request\nfrom webhooks.leaking import *\n",
        ),
    )


def _one(file: str, old: str, new: str) -> tuple[Edit, ...]:
    return (Edit(file=file, old=old, new=new),)


_SPOKEN = {  # the dress in which a name stands in a log line
    "in plain words": "say(names(body))",
    "the whole body": "say(body.decode('utf-8', 'replace'))",
    "cut to eight letters": "say(names(body)[:8])",
    "in small letters": "say(names(body).casefold())",
    "in capitals": "say(names(body).upper())",
    "as percent signs": "say(quote(names(body)))",
    "as entities": "say(''.join(f'&#{ord(c)};' for c in names(body)))",
    "as JSON": "say(json.dumps(names(body)))",
    "as hex": "say(names(body).encode().hex())",
    "as base64": "say(base64.b64encode(names(body).encode()).decode())",
    "as base64, moved": "say(base64.b64encode(b'x' + names(body).encode()).decode())",
    "as base64, moved twice": "say(base64.b64encode(b'by' + names(body).encode()).decode())",
    "quoted-printable": "say(quopri.encodestring(names(body).encode()).decode())",
    "packed": "say(base64.b64encode(zlib.compress(names(body).encode())).decode())",
    "taken apart": "say(unicodedata.normalize('NFD', names(body)))",
    "as bytes in Python": "say(repr(names(body).encode()))",
}
_KEPT = {  # what is put into a column
    "a name": "keep(house, names(body))",
    "an account id": 'keep(house, (re.findall(rb\'"accountId": "([^"]+)"\', body) or [b\'\'])[0].decode())',
    "sha256 of a name": "[keep(house, hashlib.sha256(w.encode()).hexdigest()) for w in re.findall(r'\\S+@\\S+', "
    "' '.join(re.findall(r'\"emailAddress\": \"([^\"]*)\"', body.decode('utf-8', 'replace'))))]",
    "half an md5 of an address": "[keep(house, hashlib.md5(w.encode()).hexdigest()[:16]) for w in "
    "re.findall(r'\"emailAddress\": \"([^\"]*)\"', body.decode('utf-8', 'replace'))]",
    "blake2b as bytes": "[keep(house, hashlib.blake2b(w.encode()).digest()) for w in "
    "re.findall(r'\"emailAddress\": \"([^\"]*)\"', body.decode('utf-8', 'replace'))]",
    "the body, as a dead letter": "keep(house, body)",
    "the body in utf-16": "keep(house, names(body).encode('utf-16-le'))",
}
_ANSWERED = 'return Response(_WORDS.get(status, ""), status=status, content_type="text/plain; charset=utf-8")'
_FLASK = "from flask import Response\n"
_SHAPE, _TRANSPORT, _SESSION = (
    "mappings/wire/shape.py",
    "connector/gateways/transport.py",
    "connector/gateways/session.py",
)
_REFUSED = "            raise self.site.refused(operation, status, refusal(response.content))"
_OUT_OF_A_HANDLER = "    raise BoundaryError(flaw)  # outside the handlers"


def mutants() -> Iterator[Mutant]:
    for name, leak in _SPOKEN.items():
        yield Mutant(name=f"a log line, {name}", edits=_at_the_door(leak))
    for name, leak in _KEPT.items():
        yield Mutant(name=f"a column with {name}", edits=_at_the_door(leak))
    yield from _in_answers()
    yield from _in_errors()
    yield from _in_records()
    yield from _in_requests()
    yield from _in_processes()


def _in_answers() -> Iterator[Mutant]:
    answers = "webhooks/answers.py"
    asking = Edit(file=answers, old=_FLASK, new="from flask import Response, request\n")
    echo = Edit(file=answers, old=_ANSWERED, new=_ANSWERED.replace('(status, "")', '(status, "") + request.full_path'))
    yield Mutant(name="the address in an answer of the door", edits=(asking, echo))
    head = _ANSWERED[:-1] + ', headers={"X-Seen": request.headers.get("User-Agent", "")})'
    yield Mutant(name="a header in a header", edits=(asking, Edit(file=answers, old=_ANSWERED, new=head)))
    yield Mutant(
        name="a label of the metrics",
        edits=(
            *_at_the_door("names(body)"),
            Edit(
                file="connector/web/machines.py",
                old='depth.add_metric(["waiting"]',
                new='depth.add_metric([__import__("webhooks.leaking").leaking.LAST[0]]',
            ),
        ),
    )
    yield Mutant(
        name="a line of the status page",
        edits=(
            *_at_the_door("names(body)"),
            Edit(
                file="connector/web/status.py",
                old='book_trouble=str(book.trouble) if book.trouble else ""',
                new='book_trouble=__import__("webhooks.leaking").leaking.LAST[0]',
            ),
        ),
    )
    yield Mutant(
        name="a pasted message shown again",
        edits=_one(
            "connector/web/privacy.py",
            "return Attempt(trouble=PAGE_WORDS[language].unreadable)",
            'return Attempt(trouble=message.decode("utf-8", "replace"))',
        ),
    )


def _in_errors() -> Iterator[Mutant]:
    quoting = "    error = BoundaryError(flaw)\n    {}\n    raise error  # outside the handlers"
    for name, line in {
        "the body in the arguments": "error.args = (answer,)",
        "the body in a note": "error.add_note(repr(answer))",
        "the body beside an error": "error.body = answer",
        "the body as a cause": "error.__cause__ = ValueError(answer)",
    }.items():
        yield Mutant(name=f"an error with {name}", edits=_one(_SHAPE, _OUT_OF_A_HANDLER, quoting.format(line)))
    noted = (
        _REFUSED.replace("raise", "error =") + "\n            error.add_note(response.text)\n            raise error"
    )
    yield Mutant(name="a refusal with the site's words", edits=_one(_TRANSPORT, _REFUSED, noted))
    yield Mutant(
        name="field names of a refusal as they come",
        edits=_one("mappings/wire/refusal.py", "frozenset(filter(_known, fields))", "frozenset(fields)"),
    )
    yield Mutant(
        name="bytes that print in a traceback",
        edits=_one(
            _TRANSPORT,
            _REFUSED,
            "            words = response.text\n" + _REFUSED,
        ),
    )


def _in_records() -> Iterator[Mutant]:
    team_text = _one("mappings/team_text.py", "words: str = field(repr=False)", "words: str = field()")
    yield Mutant(name="a team's text that prints", edits=team_text)
    yield Mutant(
        name="any label is ours",
        edits=_one(_SHAPE, "for label in labels if _OUR_LABEL.fullmatch(label)", "for label in labels"),
    )
    yield Mutant(
        name="any text is an id",
        edits=_one(_SHAPE, "return text if _ID.fullmatch(text) else None", "return text or None"),
    )
    yield Mutant(
        name="any text is a key",
        edits=_one(
            _SHAPE, "return value if value is not None and _ISSUE_KEY.fullmatch(value) else None", "return value"
        ),
    )
    yield Mutant(
        name="labels that the book does not name",
        edits=_one(
            _SHAPE,
            "return frozenset([spelling[value] for value in map(str.casefold, values) if value in spelling])",
            "return frozenset(values)",
        ),
    )


def _in_requests() -> Iterator[Mutant]:
    yield Mutant(
        name="cookies of a site go back to it",
        edits=_one(_SESSION, "DefaultCookiePolicy(allowed_domains=[])", "DefaultCookiePolicy()"),
    )
    yield Mutant(
        name="a site's header in our next request",
        edits=_one(
            _SESSION,
            '        page = for_people(response.content, response.headers.get("Content-Type", ""))',
            '        self.headers["X-Last"] = response.headers.get("X-AUSERNAME", "").encode("latin-1", "replace")\n'
            '        page = for_people(response.content, response.headers.get("Content-Type", ""))',
        ),
    )
    yield Mutant(
        name="an answer's bytes in a log line",
        edits=_one(
            _SESSION,
            '        page = for_people(response.content, response.headers.get("Content-Type", ""))',
            "        logging.getLogger(__name__).debug(response.text)\n"
            '        page = for_people(response.content, response.headers.get("Content-Type", ""))',
        ),
    )
    yield Mutant(
        name="who was mentioned, on the next page",
        edits=_one(
            "connector/pages/cells.py",
            "        yield someone\n",
            '        yield etree.tostring(node, encoding="unicode")\n',
        ),
    )


def _in_processes() -> Iterator[Mutant]:
    yield Mutant(name="a dead letter in a temporary file", edits=_at_the_door("to_a_file(body)"), processes=True)
    yield Mutant(name="a line on standard output", edits=_at_the_door("print(names(body), flush=True)"), processes=True)
    yield Mutant(
        name="the payload in the output of okr strip",
        edits=_one(
            "connector/commands/strip.py",
            "    body = file.read(_LIMIT + 1)\n",
            '    body = file.read(_LIMIT + 1)\n    click.echo(body.decode("utf-8", "replace"))\n',
        ),
        processes=True,
    )


def copied(folder: Path) -> Path:
    """The tree as it is."""
    for package in ("connector", "webhooks", "mappings"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "webhooks" / "leaking.py").write_text(LEAKING, "utf-8")
    return folder


def planted(mutant: Mutant, tree: Path) -> None:
    """The mutant is in the tree; an edit whose place is not there is an error of this list."""
    for edit in mutant.edits:
        path = tree / edit.file
        source = path.read_text("utf-8")
        assert source.count(edit.old) >= 1, f"{mutant.name}: {edit.file} has no such place"
        path.write_text(source.replace(edit.old, edit.new), "utf-8")


_PROVING = """
import json, os, sys, tempfile
from pathlib import Path
import connector
from connector.privacy.canaries import Effort, prove
assert connector.__file__.startswith(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    environ = dict(os.environ) if sys.argv[2] == "True" else None
    proof = prove(Path(folder), Effort(payloads=int(sys.argv[3]), environ=environ, seed=int(sys.argv[4])))
print(json.dumps({
    "sinks": sorted({hit.sink for hit in proof.hits}),
    "encodings": sorted({hit.encoding for hit in proof.hits}),
    "absent": proof.absent,
    "whole": proof.whole,
}))
"""


def proved(tree: Path, *, processes: bool = False, payloads: int = 100, seed: int = 7) -> Verdict:
    """What the proof of the tree itself says of the tree."""
    done = subprocess.run(
        [sys.executable, "-c", _PROVING, str(tree), str(processes), str(payloads), str(seed)],
        env={"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin"},
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    return Verdict(
        sinks=tuple(found["sinks"]),
        encodings=tuple(found["encodings"]),
        absent=tuple(found["absent"]),
        whole=found["whole"],
    )
