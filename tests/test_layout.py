"""The shape of the code (docs and house rules), read from the code itself."""

import ast
import re
import subprocess
from importlib.util import resolve_name
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import load_command_class

ROOT = settings.BASE_DIR
OURS = ("prefectures", "aes_cms", "tests", "benchmarks")
PYTHON = sorted(path.relative_to(ROOT) for folder in OURS for path in (ROOT / folder).rglob("*.py"))
MODULES = [path for path in PYTHON if "migrations" not in path.parts]
COMMANDS = sorted(path.stem for path in (ROOT / "prefectures/management/commands").glob("[!_]*.py"))

# Imports run one way: a package may use those of the lines above its own, and itself.
LAYERS = [
    {"languages", "mirrored"},
    {"text", "gate", "storage", "public_address"},
    {"models"},
    {"sheets", "roles", "sealing", "access"},
    {"published", "territories"},
    {"history", "contradictions", "proposing", "backups", "finder"},
    {"importexport", "monitoring", "brochure"},
    {"public", "admin"},
    {"mirror"},
    {"management"},
]
# Outside the layers: a sheet's template tags speak with the public pages' words; Django starts the
# app, and reads each request, from these.
ALSO_MAY = {
    "templatetags": {"languages", "text", "models", "public", "public_address"},
    "apps": {"gate", "sheets", "published", "roles", "sealing", "storage"},
    "utf8": set(),
    "locale": {"models", "public", "templatetags"},
    "admin_site": {"admin", "models", "contradictions"},
}


def parsed(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def module_name(path):
    return ".".join(path.with_suffix("").parts)


def imports(path):
    """Yield (line, absolute name) of what ``path`` imports, wherever in the file."""
    package = module_name(path.parent)
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def may_import(part):
    if part in ALSO_MAY:
        return ALSO_MAY[part] | {part}
    allowed = {part}
    for layer in LAYERS:
        if part in layer:
            return allowed
        allowed |= layer
    raise AssertionError(
        f"prefectures/{part} stands in no layer: say in tests/test_layout.py where"
    )


APP_MODULES = [
    path for path in MODULES if path.parts[0] == "prefectures" and path.name != "__init__.py"
]


@pytest.mark.parametrize("path", APP_MODULES, ids=str)
def test_imports_run_one_way(path):
    part = module_name(path).split(".")[1]
    allowed = may_import(part)
    wrong = [
        f"{path}:{line} imports {name}"
        for line, name in imports(path)
        if name.startswith("prefectures.") and name.split(".")[1] not in allowed
    ]
    assert wrong == []


def test_the_readme_of_the_app_draws_the_house_as_it_is():
    text = (ROOT / "prefectures/README.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^(\w+)/ ", text, re.MULTILINE)
    rooms = {path.parts[1] for path in MODULES if path.parts[0] == "prefectures"}
    assert drawn == [name for name in drawn if name in rooms]
    assert {name for name in rooms if "." not in name} - {"static"} == set(drawn)
    there = [sorted(name for name in layer if exists(name)) for layer in LAYERS]
    assert " ← ".join(", ".join(layer) for layer in there) in text.replace("\n", " ")


def exists(name):
    return (ROOT / "prefectures" / name).exists() or (ROOT / f"prefectures/{name}.py").exists()


ROOM = "prefectures/sheets"
PURE = ["state", "difference", "merge", "order", "words", "faults", "canonical"]
DATABASE = ["reading", "writing", "locking", "closing", "shown", "checking"]


@pytest.mark.parametrize("path", [p for p in APP_MODULES if str(p.parent) == ROOM], ids=str)
def test_the_room_of_sheets_knows_neither_requests_nor_forms_nor_files(path):
    outside = ("django.http", "django.forms", "django.contrib.admin", "import_export", "pathlib")
    wrong = [name for _, name in imports(path) if name.startswith(outside)]
    if path.stem in PURE:
        asking = ("prefectures.gate", *(f"prefectures.sheets.{name}" for name in DATABASE))
        wrong += [name for _, name in imports(path) if name.startswith(asking)]
    assert wrong == []


def test_the_app_knows_nothing_of_the_site_s_package():
    wrong = [
        f"{path}:{line} imports {name}"
        for path in APP_MODULES
        for line, name in imports(path)
        if name.split(".")[0] in ("aes_cms", "tests")
    ]
    assert wrong == []


def test_no_module_is_a_drawer_for_anything():
    drawers = {"utils", "util", "helpers", "helper", "services", "service", "misc", "common"}
    assert [path for path in MODULES if drawers.intersection(path.with_suffix("").parts)] == []


# A file that passes 400 lines is asking to be two.
LONGEST_FILE = 400


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_file_is_longer_than_a_person_reads(path):
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE


# Writes that no save() sees. Elsewhere, a ``.update(`` on a dict is written ``|=``.
BEHIND_THE_GATE = {"update", "bulk_create", "bulk_update", "raw", "executescript", "write_row"}
MAY_WRITE_IN_BULK = {
    "prefectures/gate/unit_of_work.py": "the gate itself: history rows",
    "prefectures/gate/bulk.py": "the gate for many: what it writes, it notes",
    "prefectures/gate/linking.py": "the gate of link tables: what they write, it notes",
    "prefectures/sealing/sealing.py": "the seals, which come after all that has a history",
    "prefectures/models/derived.py": "what is made of the rest, which has no history",
    "prefectures/models/content_version.py": "a count of changes, which has no history",
    "prefectures/sheets/closing.py": "the numbers of versions, which history does not hold",
    "prefectures/published/keeping.py": "what readers see, which is a history itself",
    "prefectures/backups/moving.py": "another database, where history comes with what it tells of",
    "prefectures/monitoring/given.py": "which sheets give which addresses, which has no history",
    "prefectures/monitoring/evidence.py": "contents that go when room is needed",
    "prefectures/territories/load.py": "arrondissements and communes, which have no history",
    "prefectures/territories/files.py": "a digest, not a table",
    "prefectures/locale/collect.py": "a catalogue, not a table",
}


@pytest.mark.parametrize("path", APP_MODULES, ids=str)
def test_nothing_is_written_behind_the_gate(path):
    if str(path) in MAY_WRITE_IN_BULK:
        return
    wrong = [
        f"{path}:{node.lineno} .{node.func.attr}("
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in BEHIND_THE_GATE
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MAY_WRITE_IN_BULK)
def test_each_leave_to_write_in_bulk_is_used(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"\.({'|'.join(BEHIND_THE_GATE)})\(", text)


MAY_UNLOCK = ("migrations", "tests", "benchmarks")


def test_nothing_of_the_site_can_lift_what_guards_the_history():
    name = "history_unlocked"
    using = {path for path in PYTHON if name in (ROOT / path).read_text(encoding="utf-8")}
    defined = {Path("prefectures/sealing/guarding.py")}
    assert {path for path in using - defined if not set(path.parts) & set(MAY_UNLOCK)} == set()
    assert defined <= using


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_in_french_what_it_does(name):
    words = load_command_class("prefectures", name).help
    assert len(words) > 40
    assert words.endswith(".")
    assert re.search(r"\b(le|la|les|des|du|un|une|que)\b", words)
    assert re.search(r"[éèàçêô’]", words)


# --- What does not belong in the tree ---------------------------------------------------------


def kept_files():
    """Return the text files that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git here: the tree was copied without its history")
    for name in filter(None, listed.stdout.split("\0")):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r"(?<![\w.])/(home|root|Users|work)/\w", "a path of somebody's machine"),
        (r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b", "something left to do"),
        (r"\b(breakpoint|pdb\.set_trace)" r"\(", "a stop of the debugger"),
        (r"^(<{7}|>{7}) ", "a conflict left by git"),
    ],
    ids=["local path", "left to do", "debugger", "conflict"],
)
def test_the_tree_holds_nothing_of_that_kind(pattern, what):
    found = [
        f"{name}:{number} {what}"
        for name, text in kept_files()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []
