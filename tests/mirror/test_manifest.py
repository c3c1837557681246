"""Any copy of a mirror can be verified, without what stands beside the mirror itself."""

import json
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def copy(tmp_path):
    """A copy of a mirror of two files, as on a USB stick."""
    files = {"index.html": b"<p>Un</p>", "carte/index.html": b"<p>Deux</p>"}
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    told = {
        name: {"sha256": sha256(body).hexdigest(), "size": len(body)}
        for name, body in files.items()
    }
    content = {"made_on": "2026-11-30", "site": "", "content": "1-ab", "files": told}
    (tmp_path / "manifest.json").write_text(json.dumps(content))
    return tmp_path


def check(folder):
    out = StringIO()
    call_command("build_mirror", folder, check=True, stdout=out)
    return out.getvalue()


def fault(folder):
    with pytest.raises(CommandError) as refused:
        check(folder)
    assert refused.value.returncode == 1
    return str(refused.value)


def test_a_whole_copy_is_told_with_its_day(copy):
    assert check(copy) == "Copie intacte : 2 fichiers, du 2026-11-30, contenu 1-ab.\n"


def test_what_is_missing_is_named(copy):
    (copy / "carte" / "index.html").unlink()
    assert "Il manque carte/index.html" in fault(copy)


def test_what_was_altered_is_named(copy):
    (copy / "index.html").write_bytes(b"<p>Xn</p>")
    assert "N’est plus ce qu’il était\u00a0: index.html" in fault(copy)


def test_what_is_too_much_is_named(copy):
    (copy / "virus.exe").write_bytes(b"")
    (copy / "ailleurs").symlink_to(copy / "carte")
    said = fault(copy)
    assert "Est en trop\u00a0: virus.exe" in said
    assert "Est en trop\u00a0: ailleurs" in said


def test_many_are_counted(copy):
    for number in range(25):
        (copy / f"{number:02}.html").write_bytes(b"")
    said = fault(copy)
    assert "Est en trop\u00a0: 19.html" in said
    assert "Est en trop\u00a0: 5 autres fichiers" in said


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', "{"])
def test_a_manifest_that_is_damaged_is_told(copy, text):
    (copy / "manifest.json").write_text(text)
    assert "ne se lit pas\u00a0: il est abîmé" in fault(copy)


def test_a_folder_without_a_manifest_is_no_mirror(tmp_path):
    assert "n’est pas un miroir" in fault(tmp_path)
