"""What is installed is the whole house: built as a wheel, laid out far from the checkout, it plays its story."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("connector", "mappings", "webhooks")
START = "import sys; from connector.cli import main; sys.argv[0] = 'okr'; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_carries_every_file_of_the_house_and_nothing_beside(wheel: Path) -> None:
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", *PACKAGES], cwd=ROOT, check=True, capture_output=True, text=True
    )
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == set(listed.stdout.split())
    for part in (
        "connector/handbook/de/coach.md",
        "connector/handbook/pictures/check-in.png",
        "connector/pages/catalogues/de.po",
        "connector/pages/templates/check_in_head.xml.j2",
        "connector/web/templates/status.html",
        "connector/sandbox/templates/jira/frame.html",
        "connector/storage/migrations/versions/0001_resources_readings_answers_runs.py",
        "connector/operations/Containerfile",
        "connector/locks/run.txt",
        "mappings/example/strategy.yaml",
        "mappings/beginning/de/strategy.yaml",
    ):
        assert part in names, part


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_installed_wheel_plays_its_story_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "installed"
    venv.create(home, with_pip=False, symlinks=True)
    (site,) = home.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    # what the house needs, without the editable install that stands there: of a folder named here, no .pth is read
    (site / "needed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OKR_", "PYTHON", "DATABASE"))}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(home / "bin" / "python"), *words]
        return subprocess.run(
            command, cwd=elsewhere, env=kept, capture_output=True, text=True, timeout=500, check=False
        )

    where = run("-c", "import connector, mappings, webhooks; print(connector.__file__, mappings.__file__)")
    assert str(ROOT) not in where.stdout + where.stderr
    assert where.stdout.count(str(site)) == 2
    played = run("-c", START, "demo", "--once", "--json")
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    assert told["first_sync"]["requests"]["write"] > 0
    assert told["second_sync"]["requests"]["write"] == 0
    assert len(told["pages"]) > 3
    begun = run("-c", START, "init", "okrs", "--language", "de")
    assert begun.returncode == 0, begun.stderr
    assert run("-c", START, "lint", "okrs").returncode == 0
    assert list(elsewhere.iterdir()) == [elsewhere / "okrs"]
