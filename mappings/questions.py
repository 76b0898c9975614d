"""The questions that lint asks about running text. They never refuse, and pay or score words get none at all."""

import re
from typing import Final

from mappings.concerns import Concern
from mappings.findings import Findings
from mappings.locations import Leaf, Node, Path, leaves

_PROSE_KEYS: Final = frozenset(
    {
        "organisation",
        "purpose",
        "vision",
        "title",
        "picture",
        "name",
        "who",
        "do",
        "because",
        "if",
        "unit",
        "from",
        "to",
    }
    | {"frame", "not_doing", "unknowns", "depends_on", "contributes_to", "label", "keys", "parent"}
)
_OUTPUT: Final = re.compile(
    r"(?<![\w-])(liefern|liefert|ausliefern|ausgeliefert|einführen|eingeführt|einzuführen|umsetzen|umgesetzt|umzusetzen|"
    r"fertigstellen|fertiggestellt|fertigzustellen|implementier(?:en|t)|ausrollen|ausgerollt|rollout|roll-out|go-live|"
    r"go live|going live|launch(?:en|es|ed|t)?|ship(?:s|ped)?|deliver(?:s|ed)?|implement(?:s|ed)?|roll(?:s|ed)? out|"
    r"deploy(?:s|ed|en)?)(?![\w-])",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"[\w.+-]@[\w-]+\.\w|(?<![\w.])@\w|\[~|\b[0-9]{5,7}:[0-9a-f]{8}-|\b[0-9a-f]{24}\b|\b(?:qm|ug):[0-9a-f-]{8,}",
    re.IGNORECASE,
)
_SALUTATION: Final = re.compile(r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][\w-]+")
_SURNAMES: Final = (
    "müller|schmidt|schneider|fischer|meyer|meier|maier|mayer|weber|wagner|schulz|schulze|becker|hoffmann|hofmann|schäfer|"
    "bauer|koch|richter|schröder|neumann|zimmermann|braun|krüger|hartmann|werner|krause|lehmann|schmid|schmitt|köhler|"
    "maurer|huber|lang|smith|jones|williams|taylor|davies|evans|thomas|johnson|roberts|walker|wright|robinson|thompson"
)
_NAMED_TEAM: Final = re.compile(rf"(?:team|squad)\s+(?:{_SURNAMES})\Z", re.IGNORECASE)


def _kind(path: Path) -> str:
    """The key that says what a value is: its own, or that of the list or group of names it stands in."""
    words = [part for part in path if isinstance(part, str)]
    if len(words) > 1 and words[-2] == "keys":
        return "keys"
    return words[-1] if words else ""


def ask(file: str, tree: Node, findings: Findings) -> None:
    """Asks about names, output wording and numbers in a Moal, wherever text stands in one file."""
    for path, leaf in leaves(tree):
        if isinstance(leaf.value, str) and _kind(path) in _PROSE_KEYS:
            _ask_about_names(file, path, leaf, leaf.value, findings)
            _ask_about_wording(file, path, leaf, leaf.value, findings)


def names_a_person(text: str) -> bool:
    """Whether running text probably names somebody; a question, never more."""
    return bool(_ADDRESS.search(text) or _SALUTATION.search(text))


def output_word(text: str) -> str:
    """The first word of running text that tells what is done instead of what changes; empty without one."""
    match = _OUTPUT.search(text)
    return match[1] if match else ""


def _ask_about_names(file: str, path: Path, leaf: Leaf, text: str, findings: Findings) -> None:
    if path == ("name",) and _NAMED_TEAM.match(text.strip()):
        findings.add(file, leaf.at, Concern.TEAM_LIKE_A_NAME)
    elif names_a_person(text):
        findings.add(file, leaf.at, Concern.NAME_IN_TEXT)


def _ask_about_wording(file: str, path: Path, leaf: Leaf, text: str, findings: Findings) -> None:
    if path[0] == "moal" and path[-1] in ("title", "picture") and re.search(r"\d", text):
        findings.add(file, leaf.at, Concern.NUMBER_IN_MOAL)
    is_outcome = path[-1] == "do" or (path[0] == "objectives" and path[-1] == "title")
    if is_outcome and (word := output_word(text)):
        findings.add(file, leaf.at, Concern.OUTPUT_WORDING, word=word)
