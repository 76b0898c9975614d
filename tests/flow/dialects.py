"""The stories on both products: which one is spoken, what its routes are called, which documents requests keep to."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from connector.sandbox.site import Site
from tests.contract.openapi import ContractCheck, documents_missing

_NAMED = os.environ.pop("OKR_TEST_DIALECT", None)  # taken out: the house knows no such setting, and refuses it
SPOKEN = Dialect(_NAMED or Dialect.CLOUD)
"""The long form of the proof: OKR_TEST_DIALECT=datacenter (or cloud) python3 -m connector test tests/flow."""
both_dialects = pytest.mark.parametrize("dialect", list(Dialect))

_ROUTES = (
    ("/rest/api/3/search/jql", "/jira/rest/api/2/search"),
    ("/rest/api/3/", "/jira/rest/api/2/"),
    ("/wiki/rest/api/", "/confluence/rest/api/"),
    ("/wiki/api/v2/spaces", "/confluence/rest/api/space"),
    ("/wiki/api/v2/pages", "/confluence/rest/api/content"),
)
"""A story asks and writes the same on both products; tests name its requests as Cloud does."""
_PARTS = "/content/<page_id>/"
_AS_CLOUD = (
    (rf"POST /confluence/rest/api{_PARTS}child/attachment.*", f"PUT /wiki/rest/api{_PARTS}child/attachment"),
    (f"/confluence/rest/api{_PARTS}label", f"/wiki/rest/api{_PARTS}label"),
    *((re.escape(there), of_cloud) for of_cloud, there in _ROUTES if not of_cloud.startswith("/wiki/rest")),
)


def as_cloud(line: str) -> str:
    """`METHOD /route` of a log, as Cloud has it."""
    for there, of_cloud in _AS_CLOUD:
        line, found = re.subn(there, of_cloud, line)
        if found:
            break
    return line


def as_spoken(of_cloud: str, dialect: Dialect) -> str:
    """A path of Cloud's, as this dialect has it."""
    if dialect is Dialect.CLOUD:
        return of_cloud
    here, there = next(pair for pair in _ROUTES if of_cloud.startswith(pair[0]))
    return there + of_cloud.removeprefix(here)


def settings_of(site: Site) -> dict[str, str]:
    """The settings with which the house finds a site that stands."""
    found = {"OKR_JIRA_URL": site.jira_url, "OKR_JIRA_TOKEN": site.token, "OKR_PRODUCT": site.dialect.value}
    if site.dialect is Dialect.CLOUD:
        return found | {"OKR_JIRA_EMAIL": site.email}
    return found | {"OKR_CONFLUENCE_URL": site.confluence_url, "OKR_CONFLUENCE_TOKEN": site.token}


@contextmanager
def documents_kept(site: Site) -> Iterator[None]:
    """Every request until the block ends is one that Atlassian's documents know.

    Always on Data Center, where the documents are there; on Cloud in the long form. Answers are not looked at: stories
    put wrong ones in the place of right ones, and the sandbox is held against the documents by tests of its own.
    """
    if documents_missing() or (site.dialect is Dialect.CLOUD and _NAMED is None):
        yield
        return
    jira, confluence = (".".join(version.split(".")[:2]) for version in (site.release.jira, site.release.confluence))
    check = ContractCheck(refused_too=True, jira=jira, confluence=confluence)

    def asked_right(asked: Asked, answered: Answered) -> None:
        check(asked, replace(answered, status=503))  # an answer of no document

    site.log.on_exchange(asked_right)
    yield
    assert check.violations == []
