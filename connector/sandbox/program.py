"""The imitation site as a program of its own."""

import threading

from connector.sandbox.dialect import Dialect
from connector.sandbox.recordings import load_files
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving


def run(port: int, faults: str, load: tuple[str, ...], dialect: str = Dialect.CLOUD) -> None:
    """Serves the example site on loopback until interrupted; port 0 takes a free one.

    `dialect` is `cloud` or `datacenter`; `faults` as `Faults` reads them; `load` names files of recorded Jira answers
    whose issues join the world.
    """
    site = demo_site(faults=faults, dialect=Dialect(dialect))
    loaded = load_files(site.jira, load)
    with serving(site, port) as address:
        lines = (
            *_where(site, address),
            *([f"Loaded      {loaded.issues} issues, {loaded.skipped} skipped"] if load else []),
        )
        print("\n".join(lines), flush=True)  # noqa: T201  # a program's own words on its own output
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


def _where(site: Site, address: str) -> tuple[str, ...]:
    if site.dialect is Dialect.CLOUD:
        return (
            f"Jira        {address}/jira/projects",
            f"Confluence  {address}/wiki",
            f"Sign in     {site.email} with the token {site.token}",
        )
    return (
        f"Jira        {site.jira_url}  (Data Center {site.release.jira})",
        f"Confluence  {site.confluence_url}  (Data Center {site.release.confluence})",
        f"Sign in     with the personal access token {site.token}, as Bearer",
    )
