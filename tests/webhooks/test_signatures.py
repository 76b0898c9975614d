"""Signatures and secrets: any headers and bytes give a verdict, and the right ones the right verdict."""

import ast
import hashlib
import hmac
import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webhooks.stand import signature
from webhooks import signatures
from webhooks.signatures import presented, secrets_of, signed

OFFICIAL = (
    b"It's a Secret to Everybody",
    b"Hello World!",
    "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
)
KEY = b"invented"
GOOD = signature(b"{}", KEY)["X-Hub-Signature"]


def test_the_vector_that_atlassian_publishes_is_accepted() -> None:
    secret, body, header = OFFICIAL
    assert signed(body, [header], [secret])
    assert not signed(body + b" ", [header], [secret])


@pytest.mark.parametrize("method", ["sha256", "sha384", "sha512"])
def test_the_method_is_read_from_the_header(method: str) -> None:
    assert signed(b"{}", [signature(b"{}", KEY, method)["X-Hub-Signature"]], [KEY])


@pytest.mark.parametrize("method", ["sha1", "md5", "SHA256", "sha3_256", "", "none"])
def test_a_method_that_is_not_allowed_is_refused_whatever_its_digest_says(method: str) -> None:
    known = getattr(hashlib, method, None) or hashlib.sha256
    assert not signed(b"{}", [f"{method}={hmac.new(KEY, b'{}', known).hexdigest()}"], [KEY])


def test_a_digest_of_another_method_is_refused() -> None:
    digest = hmac.new(KEY, b"{}", hashlib.sha256).hexdigest()
    assert not signed(b"{}", [f"sha512={digest}"], [KEY])
    assert not signed(b"{}", [f"sha256={digest}{digest}"], [KEY])


def test_every_active_secret_opens_and_a_withdrawn_one_does_not() -> None:
    for secret in (b"old", b"new"):
        assert signed(b"{}", [signature(b"{}", secret)["X-Hub-Signature"]], [b"old", b"new"])
    assert not signed(b"{}", [signature(b"{}", b"older")["X-Hub-Signature"]], [b"old", b"new"])
    assert not signed(b"{}", [GOOD], [])


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [""],
        ["sha256="],
        [GOOD[:-1]],
        [GOOD[:-2]],
        [GOOD + "0"],
        [GOOD[7:]],
        [f" {GOOD}"],
        [f"{GOOD}\n"],
        [GOOD, GOOD],
        [f"{GOOD},{GOOD}"],
        ["sha256=" + "g" * 64],
        ["sha256=" + "٣" * 64],
        ["sha256=é" + GOOD[8:]],
        ["\ud800"],
        [GOOD.replace("=", "==")],
    ],
)
def test_a_header_that_is_missing_short_odd_doubled_or_foreign_is_refused(headers: list[str]) -> None:
    assert not signed(b"{}", headers, [KEY])
    assert not presented(headers, [KEY])


def test_a_secret_in_a_header_is_compared_as_the_bytes_that_came() -> None:
    assert presented(["schlüssel".encode().decode("latin-1")], ["schlüssel".encode()])
    assert not presented(["schlüssel"], ["schlüssel".encode()])
    assert not presented([""], [b"x"])
    assert not presented(["x", "x"], [b"x"])
    assert not presented(["x"], [])


@settings(max_examples=300, deadline=None)
@given(
    body=st.binary(max_size=50),
    headers=st.lists(st.text(max_size=90) | st.from_regex(r"sha(256|1|512)=[0-9a-f]{0,130}"), max_size=3),
    secrets=st.lists(st.binary(max_size=20), max_size=3),
)
def test_anything_gives_a_verdict(body: bytes, headers: list[str], secrets: list[bytes]) -> None:
    assert signed(body, headers, secrets) is False
    assert presented(headers, secrets) in (True, False)


@pytest.mark.parametrize("verifier", [signed, presented])
def test_what_is_secret_is_compared_in_constant_time_only(verifier: Any) -> None:
    tree = ast.parse(inspect.getsource(verifier))
    compared = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for name in ast.walk(node)
        if isinstance(name, ast.Name)
    }
    assert compared.isdisjoint({"given", "secret", "secrets", "body"})
    assert "hmac.compare_digest" in inspect.getsource(verifier)


def test_all_secrets_are_tried_even_after_one_has_fitted() -> None:
    tried = []

    def secrets() -> Any:
        for secret in (KEY, b"second", b"third"):
            tried.append(secret)
            yield secret

    assert signed(b"{}", [GOOD], secrets())
    assert tried == [KEY, b"second", b"third"]


def test_secrets_are_read_by_sender_several_for_a_change_of_keys() -> None:
    secrets = secrets_of(" jira=one , jira=two==,readings/Onboarding=three,confluence=ümlaut, ")
    assert secrets.of("jira") == (b"one", b"two==")
    assert secrets.of("readings", "readings/onboarding") == (b"three",)
    assert secrets.of("confluence") == ("ümlaut".encode(),)
    assert secrets.of("automation") == ()
    assert secrets.any_of("readings")
    assert not secrets.any_of("automation")
    assert "one" not in repr(secrets)


@pytest.mark.parametrize("text", ["", " ", ",", " , ,"])
def test_no_secrets_are_no_senders(text: str) -> None:
    assert not any(secrets_of(text).any_of(sender) for sender in signatures.SENDERS)


@pytest.mark.parametrize("text", [
    "geheim", "jira", "jira=", "=geheim", "gitlab=geheim", "jira/onboarding=geheim", "readings/=geheim",
    "readings/a/b=geheim", "jira=ge\x00heim", "jira=a,geheim",
])  # fmt: skip
def test_a_bad_form_is_an_error_that_quotes_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="written like") as refused:
        secrets_of(text)
    assert "geheim" not in str(refused.value)
    assert refused.value.__context__ is None
