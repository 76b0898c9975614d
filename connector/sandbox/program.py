"""The imitation site as a program of its own."""

import threading

from connector.sandbox.recordings import load_files
from connector.sandbox.seed import demo_site
from connector.sandbox.site import serving


def run(port: int, faults: str, load: tuple[str, ...]) -> None:
    """Serves the example site on loopback until interrupted; port 0 takes a free one.

    `faults` as `Faults` reads them; `load` names files of recorded Jira answers whose issues join the world.
    """
    site = demo_site(faults=faults)
    loaded = load_files(site.jira, load)
    with serving(site, port) as address:
        lines = (
            f"Jira        {address}/jira/projects",
            f"Confluence  {address}/wiki",
            f"Sign in     {site.email} with the token {site.token}",
            *([f"Loaded      {loaded.issues} issues, {loaded.skipped} skipped"] if load else []),
        )
        print("\n".join(lines), flush=True)  # noqa: T201  # a program's own words on its own output
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
