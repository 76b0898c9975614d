"""The proof must be able to fail: leaks of every kind are put into a copy of the tree, and each must be found."""

from pathlib import Path

import pytest

from connector.privacy.canary_sinks import Sink
from tests.privacy.leak_mutants import Edit, Mutant, copied, mutants, planted, proved

QUICK = {
    "an answer's bytes in a log line": Sink.LOG,
    "a column with half an md5 of an address": Sink.WAL,
    "an error with the body in a note": Sink.EXCEPTIONS,
}
IDLE = {
    "a door that lets nobody in": Edit(
        file="webhooks/signatures.py", old="    return sum(verdicts) > 0\n", new="    return False\n"
    ),
    "a run that does nothing": Edit(
        file="connector/privacy/canary_house.py",
        old="        report = self.guarded(lambda: self.parts.engine.sync(book, Options(**options)))\n",
        new="        report = None\n",
    ),
    "a hand that gathers no errors": Edit(
        file="connector/privacy/canary_sinks.py",
        old="        gathered.add(Sink.EXCEPTIONS, repr(one), str(one), repr(one.args), repr(notes), repr(known))\n",
        new="        continue\n",
    ),
    "a search that finds nothing": Edit(
        file="connector/privacy/canary_scan.py",
        old="        return any(not self._words",
        new="        return any(False and self._words",
    ),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copied(tmp_path / "tree")


def test_there_are_many_kinds_of_leaks_and_each_has_a_name() -> None:
    names = [mutant.name for mutant in mutants()]
    assert len(names) == len(set(names)) >= 30
    assert set(QUICK) <= set(names)


def test_planted_leaks_of_three_kinds_are_found_where_they_were_planted(tree: Path) -> None:
    for mutant in mutants():
        if mutant.name in QUICK:
            planted(mutant, tree)
    assert set(QUICK.values()) <= set(proved(tree).sinks)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", tuple(mutants()), ids=lambda mutant: mutant.name)
def test_every_planted_leak_is_found(mutant: Mutant, tree: Path) -> None:
    planted(mutant, tree)
    assert proved(tree, processes=mutant.processes).sinks


def test_a_house_that_does_nothing_does_not_pass(tree: Path) -> None:
    planted(Mutant(name="idle", edits=(IDLE["a door that lets nobody in"],)), tree)
    verdict = proved(tree)
    assert not verdict.whole
    assert "calls are accepted" in verdict.absent


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("edit", list(IDLE.values()), ids=list(IDLE))
def test_a_proof_that_does_not_look_does_not_pass(edit: Edit, tree: Path) -> None:
    planted(Mutant(name="idle", edits=(edit,)), tree)
    assert not proved(tree).whole


@pytest.mark.parametrize("mutant", tuple(mutants()), ids=lambda mutant: mutant.name)
def test_every_leak_still_has_its_place_in_the_tree(mutant: Mutant) -> None:
    """A list of changes that no longer fit would prove nothing."""
    for edit in mutant.edits:
        assert edit.old in (Path(__file__).parents[2] / edit.file).read_text("utf-8"), edit.file
