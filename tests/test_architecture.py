"""The house is built as CONTRIBUTING says: small rooms, one-way imports, nothing hidden in them."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("mappings", "webhooks", "connector")
NO_NOUNS = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py") if "versions" not in p.parts)


def functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_longer_than_250_lines():
    long = {str(p.relative_to(ROOT)): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 250}
    assert long == {}


def test_no_function_is_longer_than_60_lines_and_half_are_at_most_10():
    sizes = dict(functions())
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert statistics.median(sizes.values()) <= 10


def test_rooms_are_nouns_of_the_field():
    assert [str(p.relative_to(ROOT)) for p in MODULES if p.stem in NO_NOUNS] == []


def test_imports_go_one_way():
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_no_import_hides_in_a_function():
    """But for the chart library, which costs two seconds and is needed only when a picture has changed."""
    lazy = []
    for path in MODULES:
        for scope in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(scope, ast.FunctionDef):
                inner = [n for n in ast.walk(scope) if isinstance(n, ast.Import | ast.ImportFrom)]
                lazy += [f"{path.relative_to(ROOT)}:{n.lineno}" for n in inner if "matplotlib" not in ast.unparse(n)]
    assert lazy == []


def test_no_test_patches_what_it_tests():
    words = ("mock.patch", "Magic" + "Mock", "monkeypatch.setattr")
    tests = [p for p in (ROOT / "tests").rglob("*.py") if p != Path(__file__)]
    found = [str(p.relative_to(ROOT)) for p in tests if any(w in p.read_text("utf-8") for w in words)]
    assert found == []


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_needs_no_environment(package):
    code = f"import importlib, sys; importlib.import_module({package!r})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
