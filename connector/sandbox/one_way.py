"""Rules that lead from an address to its view and not back: nobody here has an address made from a view."""

from collections.abc import Callable
from typing import NoReturn

from werkzeug.routing import Rule


class OneWayRule(Rule):
    """A rule without the functions that werkzeug compiles for the way back: they were most of a site's start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        return _no_way_back


def _no_way_back(rule: Rule, **values: object) -> NoReturn:
    raise LookupError(f"an imitation site makes no addresses; write the path of {rule.rule!r} instead")
