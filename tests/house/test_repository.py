"""Rules of the house that no linter has."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("people", "reviews", "visits", "reports")
LONGEST_MODULE = 400
"""Lines. A longer module has become the place for everything."""
MAY_BE_LONG = {
    "config/settings.py": "one file in sections, on purpose",
    "reports/rendering/model.py": "the parts of every document, and nothing but frozen dataclasses",
}


def tracked(*patterns: str) -> list[Path]:
    """The files that git knows, by pattern."""
    said = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in said.stdout.splitlines() if (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules() -> list[Path]:
    """The product's own Python files."""
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] not in {"tests", "docs"}]


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Everything that a module says. Read once for all the rules below."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def imports_of(path: Path) -> set[str]:
    found = {alias.name for node in nodes_of(path) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in nodes_of(path) if isinstance(node, ast.ImportFrom) and node.module}


# --- Code -----------------------------------------------------------------------------------------
def test_a_module_stays_small() -> None:
    long = {name_of(path): len(path.read_text().splitlines()) for path in modules() if "/migrations/" not in str(path)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE and name not in MAY_BE_LONG} == {}


def test_imports_inside_functions_say_why() -> None:
    """Heavy ones (the renderer) and registries may; each carries its reason on the line."""
    silent = []
    for path in modules():
        lines = path.read_text().splitlines()
        silent += [
            f"{name_of(path)}:{line}" for line in _inner_imports(path) if " - " not in lines[line - 1].partition("#")[2]
        ]
    assert silent == []


def test_what_may_fail_after_a_commit_has_a_name() -> None:
    """Django's log names it, and stumbles over a `partial`: then the request fails, and what follows is not done."""
    nameless = []
    for path in modules():
        calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
        robust = [call for call in calls if {word.arg for word in call.keywords} >= {"robust"}]
        nameless += [name_of(path) for call in robust if call.args and isinstance(call.args[0], ast.Call)]
    assert nameless == []


def test_a_lock_on_rows_ordered_by_other_rows_says_which_it_means() -> None:
    """PostgreSQL refuses to lock what an outer join may bring; SQLite has no such locks and says nothing."""
    ordered = {
        model.__name__ for model in apps.get_models() if any("__" in str(name) for name in model._meta.ordering or ())
    }
    lock = re.compile(r"\b(\w+)\.objects\.select_for_update\((?!of=)")
    assert "Evidence" in ordered
    assert [name_of(path) for path in modules() if ordered & set(lock.findall(path.read_text()))] == []


def _inner_imports(path: Path) -> list[int]:
    """The lines of a module where a function imports something."""
    imports = [node for node in nodes_of(path) if isinstance(node, ast.Import | ast.ImportFrom)]
    functions = [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = (node for function in functions for node in imports if _is_in(node, function))
    return sorted({node.lineno for node in inner})


def _is_in(node: ast.Import | ast.ImportFrom, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return function.lineno < node.lineno <= (function.end_lineno or 0)


WEB_ONLY = {"django.http", "django.shortcuts"}
MAY_KNOW_REQUESTS = (
    "views",
    "urls.py",
    "context.py",
    "templatetags",
    "rendering.py",
    "middleware.py",
    "health.py",
    "asked.py",
    "uploading.py",
)


def test_requests_stay_in_views() -> None:
    known = []
    for path in modules():
        parts = path.relative_to(ROOT).parts
        if parts[0] in APPS and not any(part in MAY_KNOW_REQUESTS for part in parts[1:]):
            found = imports_of(path) & WEB_ONLY
            known += [f"{name_of(path)} imports {module}" for module in sorted(found)]
    assert known == []


def test_views_do_not_query() -> None:
    """A view loads by access and calls one action: `.objects` in a view is a query or a permission in disguise."""
    asks = [name_of(path) for path in modules() if "views" in path.parts and ".objects" in path.read_text()]
    assert asks == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_room_for_everything(name: str) -> None:
    assert [name_of(path) for path in tracked("*.py") if name in (*path.parts[:-1], path.stem)] == []


# --- Texts of the repository ----------------------------------------------------------------------
def test_locks_hold_versions_and_hashes_and_no_address() -> None:
    locks = tracked("requirements/*.txt")
    assert {path.name for path in locks} == {"base.txt", "demo.txt", "dev.txt", "uv.txt"}
    for path in locks:
        text = path.read_text()
        assert re.findall(r"\w+://\S+", text) == [], path.name
        assert re.findall(r"^--(?!hash)\S+", text, re.MULTILINE) == [], path.name
        names = re.findall(r"^[A-Za-z0-9][^\s=]*==\S+", text, re.MULTILINE)
        assert len(names) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)), path.name
        assert all(block.count("--hash=sha256:") for block in re.split(r"\n(?=[A-Za-z0-9])", text)), path.name


def test_nothing_names_the_hosts_of_registries() -> None:
    """Whoever installs this may have mirrors of their own: no file leads around them."""
    hosts = [
        "pypi" + ".org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "debian" + ".org",
        "un" + "pkg.com",
        "jsdel" + "ivr",
    ]
    found = [
        f"{name_of(path)}: {host}"
        for path in tracked()
        if path.suffix not in {".png", ".jpg", ".jpeg", ".pdf", ".woff2", ".ttf"}
        for host in hosts
        if host in path.read_text(errors="ignore")
    ]
    assert found == []


# --- Settings and commands ------------------------------------------------------------------------
def documented_settings() -> set[str]:
    lines = (line.lstrip("# ") for line in (ROOT / ".env.example").read_text().splitlines())
    return {line.partition("=")[0] for line in lines if re.match(r"^[A-Z][A-Z0-9_]*=", line)}


def read_settings() -> set[str]:
    """What settings.py asks the environment for, and what `manage.py up` does."""
    text = (ROOT / "config/settings.py").read_text()
    asked = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', text))
    return asked | set(
        re.findall(r'environ\.get\("([A-Z0-9_]+)"', (ROOT / "config/management/commands/up.py").read_text())
    )


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    assert documented_settings() == read_settings()


def test_every_make_target_is_documented_and_phony() -> None:
    text = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE)

    assert targets == re.findall(r"^([a-z][a-z-]*):.*## \S", text, re.MULTILINE)
    assert targets == re.findall(r"^\.PHONY: (\S+)$", text, re.MULTILINE)


def test_every_make_target_is_in_the_guide() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    guide = (ROOT / "CONTRIBUTING.md").read_text() + (ROOT / "README.md").read_text()
    assert [target for target in targets if f"`make {target}`" not in guide] == []


def test_the_shell_script_is_plain_sh() -> None:
    assert subprocess.run(["sh", "-n", "config/setup.sh"], cwd=ROOT, check=False).returncode == 0
    text = (ROOT / "config/setup.sh").read_text()
    assert re.findall(r"\[\[|\bfunction \w|\bsource |<<<|\blocal ", text) == []
    assert "curl" not in text


# --- Documentation --------------------------------------------------------------------------------
def anchors_of(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_links_in_documents_lead_somewhere() -> None:
    dead = []
    for page in tracked("*.md"):
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
            if "://" in target or target.startswith("mailto:"):
                continue
            file, _, anchor = target.partition("#")
            there = (page.parent / file) if file else page
            if not there.exists() or (anchor and anchor not in anchors_of(there.read_text())):
                dead.append(f"{name_of(page)} -> {target}")
    assert dead == []
