"""What was read is kept for a little while, within bounds, and never once a page is for some only."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.errors import Advice, Code, SiteUnreachable
from connector.web.page_texts import FRESH, MOST_LETTERS, MOST_PAGES, SHORT, PageTexts, State
from mappings.okr import Language
from mappings.records import PageRecord, PageVersion
from mappings.team_text import TeamText

DE = Language.DE


@dataclass(slots=True)
class Wiki:
    """Pages by id, all in one version, and what was asked for."""

    bodies: dict[str, str]
    version: int = 1
    for_some: set[str] = field(default_factory=set)
    silent: bool = False
    read: list[str] = field(default_factory=list)

    def versions(self, page_ids: Sequence[str]) -> tuple[PageVersion, ...]:
        if self.silent:
            raise SiteUnreachable(Code.SITE_UNREACHABLE, Advice(what="x"))
        return tuple(PageVersion(id=page, version=self.version) for page in page_ids if page in self.bodies)

    def restricted(self, page_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(self.for_some & set(page_ids))

    def pages(self, page_ids: Sequence[str]) -> tuple[PageRecord, ...]:
        self.read += page_ids
        return tuple(
            PageRecord(
                id=page,
                version=self.version,
                space="1",
                parent=None,
                title=TeamText("x"),
                body=TeamText(self.bodies[page]),
            )
            for page in page_ids
        )


@dataclass(slots=True)
class Hands:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def texts(wiki: Wiki, hands: Hands | None = None) -> PageTexts:
    return PageTexts(wiki, hands or Hands())  # type: ignore[arg-type]  # the part of Confluence that is used


def test_a_new_version_is_read_and_an_old_one_is_not_read_twice() -> None:
    wiki, hands = Wiki({"1": "<p>alt</p>"}), Hands()
    known = texts(wiki, hands)
    assert known.of(["1"], DE)["1"].html.words == "<p>alt</p>"
    hands.now += FRESH
    known.of(["1"], DE)
    assert wiki.read == ["1"]
    wiki.bodies["1"], wiki.version = "<p>neu</p>", 2
    hands.now += FRESH
    assert known.of(["1"], DE)["1"].html.words == "<p>neu</p>"


def test_what_was_read_is_forgotten_after_a_short_while() -> None:
    wiki, hands = Wiki({"1": "<p>alt</p>"}), Hands()
    known = texts(wiki, hands)
    known.of(["1"], DE)
    hands.now += SHORT
    known.of(["1"], DE)
    assert wiki.read == ["1", "1"]


def test_a_page_that_is_for_some_from_now_on_is_not_shown_any_more_nor_is_it_read() -> None:
    wiki, hands = Wiki({"1": "<p>alt</p>"}), Hands()
    known = texts(wiki, hands)
    known.of(["1"], DE)
    wiki.for_some.add("1")
    hands.now += FRESH
    assert known.of(["1"], DE)["1"] == texts(wiki).of(["1"], DE)["1"]
    assert known.of(["1"], DE)["1"].state is State.FOR_SOME
    assert wiki.read == ["1"]


def test_no_more_is_kept_than_the_bounds_allow() -> None:
    many = {str(n): "<p>x</p>" for n in range(3 * MOST_PAGES)}
    known = texts(Wiki(many))
    for page in many:
        known.of([page], DE)
    assert len(known._kept) <= MOST_PAGES
    long = {str(n): f"<p>{'x' * (MOST_LETTERS // 4)}</p>" for n in range(8)}
    known = texts(Wiki(long))
    for page in long:
        assert known.of([page], DE)[page].state is State.SHOWN
    assert sum(len(reading.html.words) for _, reading in known._kept.values()) <= MOST_LETTERS


def test_what_is_gone_unreadable_or_silent_is_told_as_that() -> None:
    wiki = Wiki({"1": "<p>", "2": "<p>x</p>"})
    assert {page: reading.state for page, reading in texts(wiki).of(["1", "2", "3"], DE).items()} == {
        "1": State.UNREADABLE,
        "2": State.SHOWN,
        "3": State.GONE,
    }
    wiki.silent = True
    assert texts(wiki).of(["2"], DE)["2"].state is State.SILENT


def test_no_repr_shows_a_word() -> None:
    assert "geheim" not in repr(texts(Wiki({"1": "<p>geheim</p>"})).of(["1"], DE))
