"""What goes wrong with a site, in this house's words: every message names a setting or says what to change."""

from dataclasses import dataclass, replace

from connector.errors import (
    AccessRefused,
    Advice,
    AnswerLost,
    Code,
    ConnectorError,
    NotAnAnswer,
    NotFound,
    RateLimited,
    RequestRefused,
    SettingError,
    SiteUnreachable,
    VersionConflict,
)
from connector.gateways.access import Access
from connector.gateways.operations import CREATE_PAGE, SEARCH, UPDATE_PAGE, Operation
from mappings.boundary import Refusal

_CODES_BY_FIELD = (
    ("issuetype", Code.ISSUE_TYPE_MISSING),
    ("project", Code.PROJECT_MISSING),
    ("assignee", Code.UNASSIGNED_REFUSED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One product as messages name it."""

    product: str
    address: str  # setting that holds where it answers
    account: str
    token: str
    metered: bool = True  # whether its quota and its clock are listened to
    points: bool = True  # whether it counts in points, as Cloud does

    def entered_by(self, access: Access) -> "Site":
        """The same site, whose messages name the settings of a client where it is entered as one."""
        if access.bearer is None:
            return self
        account = self.account.replace("EMAIL", "CLIENT_ID")
        return replace(self, account=account, token=self.token.replace("TOKEN", "CLIENT_SECRET"))

    def unreachable(self, operation: Operation, retry_after: float | None = None) -> SiteUnreachable:
        """No answer, a half one, or the site is busy; nothing was written."""
        advice = self._advice(
            self.address,
            f"{self.product} does not answer",
            operation,
            "try again later: what is missing is done by the next run",
            f"check {self.address} and, behind a proxy, OKR_PROXY",
        )
        return SiteUnreachable(Code.SITE_UNREACHABLE, advice, retry_after=retry_after)

    def untrusted(self, operation: Operation) -> SiteUnreachable:
        """The site's certificate is not one that is trusted here."""
        advice = self._advice(
            "OKR_CA_FILE",
            f"the certificate of {self.product} is not trusted here",
            operation,
            "name your organisation's certificates in OKR_CA_FILE",
            f"check {self.address}",
        )
        return SiteUnreachable(Code.SITE_UNREACHABLE, advice)

    def unusable(self) -> SettingError:
        """The address, token, certificate file or proxy cannot be used at all."""
        advice = Advice(
            what=f"no request to {self.product} can be made from these settings",
            where=self.address,
            why="the address, the token, the certificate file or the proxy cannot be used as it is written",
            options=(f"check {self.address} and {self.token} for stray characters", "check OKR_CA_FILE and OKR_PROXY"),
        )
        return SettingError(Code.SETTING_WRONG, advice)

    def busy(self, operation: Operation, seconds: float) -> RateLimited:
        """The site asked for a longer wait than we wait in place."""
        advice = self._advice(
            self.address,
            f"{self.product} asks us to wait {seconds:.0f} seconds",
            operation,
            "run again after that: what is missing is done then",
            "ask your administrator what else uses the site's quota",
        )
        return RateLimited(Code.RATE_LIMITED, advice, retry_after=seconds)

    def no_answer(self, operation: Operation) -> NotAnAnswer:
        """A page for people, a redirect, or an answer of another kind came where JSON was due."""
        advice = self._advice(
            self.address,
            f"{self.product} answers with something else than its interface, perhaps a login page",
            operation,
            f"check {self.address}: on Cloud it is the site's own address",
            f"check {self.account} and {self.token}",
        )
        return NotAnAnswer(Code.NOT_AN_ANSWER, advice)

    def answer_lost(self, operation: Operation) -> AnswerLost:
        """A write was sent, and nobody knows whether it was done."""
        advice = self._advice(
            self.address,
            f"{self.product} was asked and did not answer, so it may have been done",
            operation,
            "run again: what was done is found and nothing is doubled",
            f"check {self.address} if this repeats itself",
        )
        return AnswerLost(Code.ANSWER_LOST, advice)

    def refused(self, operation: Operation, status: int, refusal: Refusal) -> ConnectorError:
        """What an answered error means; nothing was written."""
        if status == 401:
            return self._token_refused(operation)
        if status in (403, 407):
            return self._permission_missing(operation, behind_proxy=status == 407)
        if status in (404, 410):
            return self._gone(operation)
        if status == 409 and (refusal.version or not refusal.title_taken):
            return self._conflict(operation)
        return self._request_refused(operation, refusal)

    def client_refused(self, operation: Operation) -> AccessRefused:
        """The token service does not know the client, or not with this secret."""
        advice = self._advice(
            self.token,
            "the token service refuses the client",
            operation,
            f"make a new secret for the service account, and set {self.token}",
            f"check {self.account}, and whether the credential was revoked",
        )
        return AccessRefused(Code.TOKEN_REFUSED, advice)

    def element_refused(self, operation: Operation, refusal: Refusal) -> ConnectorError:
        """What an error about one element of a bulk answer means."""
        status = refusal.status or 400
        if status >= 500:
            return self.answer_lost(operation)
        if status == 429:
            return self.busy(operation, 60.0)
        return self.refused(operation, 400 if status in (404, 409, 410) else status, refusal)

    def link_type_missing(self, operation: Operation) -> RequestRefused:
        """The relation that the book names does not exist on the site."""
        advice = self._advice(
            "jira.evidence_link",
            "the link type of this team's mapping file does not exist in Jira",
            operation,
            "name one that exists, for example Relates",
            "ask an administrator to make it",
        )
        return RequestRefused(Code.LINK_TYPE_MISSING, advice)

    def unassigned_refused(self, operation: Operation) -> RequestRefused:
        """The site does not allow issues without an assignee."""
        advice = self._advice(
            "jira.project",
            "Jira does not allow issues without an assignee in this project",
            operation,
            "ask an administrator to allow unassigned issues",
            "name another project for the OKRs in the mapping file",
        )
        return RequestRefused(Code.UNASSIGNED_REFUSED, advice, fields=frozenset({"assignee"}))

    def project_missing(self, operation: Operation) -> NotFound:
        """The project of the book does not exist, or is hidden from the service account."""
        advice = self._advice(
            "jira.project",
            "the project of the mapping file is not there or is hidden from the service account",
            operation,
            "check `jira.project` in the mapping file",
            f"give the account of {self.account} Browse and Create permission in it",
        )
        return NotFound(Code.PROJECT_MISSING, advice)

    def _token_refused(self, operation: Operation) -> AccessRefused:
        advice = self._advice(
            self.token,
            f"{self.product} refuses the token",
            operation,
            f"make a new token, since old ones expire, and set {self.token}",
            f"check {self.account} and whether the token needs scopes and another API address",
        )
        return AccessRefused(Code.TOKEN_REFUSED, advice)

    def _permission_missing(self, operation: Operation, *, behind_proxy: bool) -> AccessRefused:
        where = "OKR_PROXY" if behind_proxy else self.account
        advice = self._advice(
            where,
            "the proxy refuses us" if behind_proxy else f"the service account lacks a permission in {self.product}",
            operation,
            "give it that permission: `okr doctor --needs` prints the list to forward",
            f"check {where}",
        )
        return AccessRefused(Code.PERMISSION_MISSING, advice)

    def _gone(self, operation: Operation) -> ConnectorError:
        if not operation.one_thing and operation.reads:
            return self.no_answer(operation)  # the endpoint itself is not there, so this is no such site
        advice = self._advice(
            self.account,
            f"what was asked for is gone in {self.product} or hidden from the service account",
            operation,
            "restore it or give the account permission to see and write it",
            "leave it: nothing else is changed because of it",
        )
        return NotFound(Code.NOT_FOUND, advice)

    def _conflict(self, operation: Operation) -> VersionConflict:
        advice = self._advice(
            "",
            "somebody else wrote at the same time",
            operation,
            "run again: people's text stays, ours is put beside it",
            "wait until they are done",
        )
        return VersionConflict(Code.VERSION_CONFLICT, advice)

    def _request_refused(self, operation: Operation, refusal: Refusal) -> RequestRefused:
        fields = ", ".join(sorted(refusal.fields))
        advice = self._advice(
            "",
            f"{self.product} refuses the request" + (f" because of: {fields}" if fields else ""),
            operation,
            "check the names in the mapping file" if operation.reads else "check required fields and their rules there",
            "run `okr doctor`",
        )
        return RequestRefused(_code(operation, refusal), advice, fields=refusal.fields)

    def _advice(self, where: str, what: str, operation: Operation, *options: str) -> Advice:
        return Advice(what=what, where=where, why=f"while {operation.doing}", options=options)


def _code(operation: Operation, refusal: Refusal) -> Code:
    if operation.name == SEARCH.name:  # of Cloud or Data Center
        return Code.QUERY_REFUSED
    if operation.name in (CREATE_PAGE.name, UPDATE_PAGE.name):
        return Code.TITLE_TAKEN if refusal.title_taken else Code.REQUEST_REFUSED
    return next((code for field, code in _CODES_BY_FIELD if field in refusal.fields), Code.REQUEST_REFUSED)


def _named(product: str) -> Site:
    name = f"OKR_{product.upper()}"
    return Site(product=product, address=f"{name}_URL", account=f"{name}_EMAIL", token=f"{name}_TOKEN")


JIRA, CONFLUENCE = _named("Jira"), _named("Confluence")
