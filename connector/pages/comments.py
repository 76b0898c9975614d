"""Comments that people hung on words of a machine region: they move with the words or the region stays as it is."""

import html
import re

from connector.pages.markup import words
from connector.pages.spans import Span, spliced, text_places

_MARKER = re.compile(
    r"(?P<opening><ac:inline-comment-marker\b[^>]*[^/>]>)(?P<marked>.*?)</ac:inline-comment-marker\s*>", re.DOTALL
)
_ANY = re.compile(r"<ac:inline-comment-marker\b|<!--")


def carried(old: str, new: str) -> str | None:
    """The new inside with every comment of the old one on the same words; None when a comment would lose its place."""
    edits: list[tuple[Span, str]] = []
    for marker in _MARKER.finditer(old):
        place = _only_place(new, marker["marked"])
        if place is None or any(place[0] < end and start < place[1] for (start, end), _ in edits):
            return None
        edits.append((place, f"{marker['opening']}{new[slice(*place)]}</ac:inline-comment-marker>"))
    if len(edits) != len(_ANY.findall(old)):
        return None
    return spliced(new, tuple(edits))


def _only_place(markup: str, marked: str) -> Span | None:
    wanted = words([html.unescape(marked)])
    if "<" in marked or not wanted:
        return None
    spelled = re.compile(r"(?:\s|&nbsp;)+".join(re.escape(html.escape(word, quote=False)) for word in wanted.split()))
    places = [
        (start + match.start(), start + match.end())
        for start, end in text_places(markup)
        for match in spelled.finditer(markup[start:end])
    ]
    return places[0] if len(places) == 1 else None
