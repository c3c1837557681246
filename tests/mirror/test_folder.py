"""A folder that is not ours is never touched."""

import pytest

from prefectures.mirror.faults import MirrorError
from prefectures.mirror.folder import Folder


def refusal(path):
    with pytest.raises(MirrorError) as refused, Folder(path).locked():
        pass
    return str(refused.value)


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "1").mkdir()
    assert "n’est pas un miroir\u00a0: rien n’y est touché" in refusal(tmp_path)
    assert (tmp_path / "versions" / "1").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["versions"]


def test_a_file_is_refused(tmp_path):
    (tmp_path / "fichier").write_text("")
    assert "ce n’est pas un dossier" in refusal(tmp_path / "fichier")


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device", "/miroir/site")

    monkeypatch.setattr("prefectures.mirror.folder.fcntl.flock", full)
    assert "le disque est plein (/miroir/site)" in refusal(tmp_path / "miroir")
