"""How a Data Center says that it cannot answer now, for faults that stand in for it."""

from connector.sandbox.datacenter.entrance import LOGIN_PAGE
from connector.sandbox.faults import Reply, Words


def _refusal(status: int, retry_after: str) -> Reply:
    headers = [("Content-Type", "application/json;charset=UTF-8")]
    if status in (429, 503):
        headers.append(("retry-after", retry_after))
    if status == 429:
        headers += [
            ("X-RateLimit-Limit", "50"),
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-FillRate", "5"),
            ("X-RateLimit-Interval-Seconds", "1"),
        ]
    text = {429: "Rate limit exceeded.", 401: "Client must be authenticated to access this resource."}
    message = text.get(status, "The site is not able to answer.")
    return Reply(
        status=status, headers=tuple(headers), body=f'{{"message":"{message}","status-code":{status}}}'.encode()
    )


WORDS = Words(login_page=LOGIN_PAGE, refusal=_refusal)
