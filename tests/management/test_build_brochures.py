"""``manage.py build_brochures``: a PDF for each région, in a folder."""

import pytest
from django.core.management import CommandError, call_command

from prefectures.models import Procedure, Region, changeset

from ..brochure.reading import words_of

pytestmark = pytest.mark.django_db
ADDRESS = "https://guide.example.org"


def test_each_region_has_its_brochure(tmp_path, capsys):
    folder = tmp_path / "brochures"
    call_command("build_brochures", str(folder), address=ADDRESS)
    assert {path.name for path in folder.iterdir()} == {
        f"gisti-aes-{region.slug}.pdf" for region in Region.objects.all()
    }
    words = words_of((folder / "gisti-aes-occitanie.pdf").read_bytes(), tmp_path)
    assert f"La version du jour : {ADDRESS}/regions/occitanie.pdf" in words
    assert f"{folder} : 18 brochures." in capsys.readouterr().out


def test_the_address_of_the_site_must_be_known(tmp_path, settings):
    with pytest.raises(CommandError, match="PUBLIC_ADDRESS"):
        call_command("build_brochures", str(tmp_path), address="")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "fichier").write_text("")
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        call_command("build_brochures", str(tmp_path / "fichier"), address=ADDRESS)


def test_a_text_without_end_keeps_no_other_brochure_from_being_written(tmp_path):
    with changeset("Un texte démesuré pour le test"):
        for sheet in Procedure.objects.filter(departement__in=("09", "11", "12")):
            sheet.conditions = f"<ul>{'<li>a</li>' * 9000}</ul>"
            sheet.save()
    with pytest.raises(CommandError, match="Trop longues pour être imprimées\u00a0: occitanie"):
        call_command("build_brochures", str(tmp_path), address=ADDRESS)
    assert not (tmp_path / "gisti-aes-occitanie.pdf").exists()
    assert (tmp_path / "gisti-aes-bretagne.pdf").exists()
