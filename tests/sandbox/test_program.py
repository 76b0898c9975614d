import re
import signal
import subprocess
import sys

import requests

RUN = """
import signal
from connector.sandbox.program import run
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever began us in the background had it ignored
run(0, 'status=GET /rest/api/3/myself#1:503', ())
"""


def test_the_program_serves_the_example_site_until_interrupted() -> None:
    with subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = "".join(program.stdout.readline() for _ in range(3))
        address = re.findall(r"Jira +(http://127\.0\.0\.1:\d+)/jira/projects", said)[0]
        email, token = re.findall(r"Sign in +(\S+) with the token (\S+)", said)[0]
        asked = [
            requests.get(f"{address}/rest/api/3/myself", auth=(email, token), timeout=5).status_code for _ in range(2)
        ]
        assert asked == [503, 200]
        assert "ONB-12" in requests.get(f"{address}/projects/ONB", timeout=5).text
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=10) == 0
