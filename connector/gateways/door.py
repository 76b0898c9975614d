"""Knocking at our own door as Jira would: does a signed delivery arrive where the world is told that we are?"""

import hmac

import requests

BODY = b"{}"  # an event about nothing: it rings nobody
CONNECT, READ = 5.0, 15.0  # seconds


def knock(address: str, secret: bytes, ca_file: str | None = None) -> int | None:
    """The status of the answer; None where nobody answers. No redirect is followed, no proxy is used."""
    headers = {
        "X-Hub-Signature": f"sha256={hmac.digest(secret, BODY, 'sha256').hex()}",
        "Content-Type": "application/json",
        "User-Agent": "okr-connector",
    }
    with requests.Session() as session:
        session.trust_env = False
        session.verify = ca_file or True
        try:
            answer = session.post(address, data=BODY, headers=headers, timeout=(CONNECT, READ), allow_redirects=False)
        except requests.RequestException:
            return None
        return answer.status_code
