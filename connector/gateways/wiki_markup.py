"""Plain text as Jira Data Center keeps it: in wiki markup, of which nothing of ours may come alive."""

import re

_ALIVE = re.compile(
    r"[\\{}\[\]()*_+\-^~?!|#&@<>]"  # formats, macros, links, mentions, lists, tables, images, entities
    r"|(?<=[Ww]{3})\.|:(?=//)|(?<=mailto):"  # addresses
    r"|[:;](?=[^\s\w]|[DPp]\b)"  # faces
)
_HEADING = re.compile(r"^(\s*(?:h[1-6]|bq))\.", re.MULTILINE)  # at the beginning of a line


def inert(text: str) -> str:
    """The text with every sign that could begin a markup as its number, which the site shows as the sign itself."""
    return _HEADING.sub(r"\1&#46;", _ALIVE.sub(lambda sign: f"&#{ord(sign[0])};", text))


def described(text: str) -> str:
    """Plain paragraphs; an empty line parts two of them, and a line of one stays a line."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return "\n\n".join(_paragraph(part) for part in paragraphs)


def _paragraph(text: str) -> str:
    return "\n".join(inert(line.strip()) for line in text.split("\n") if line.strip())
