"""Reading the CSV files: each fault is a sentence that says where to look."""

import pytest

from prefectures.territories.files import FILES, FileFault, digest, read_rows

HEADER = "code,nom,article,departement,arrondissement,partie_de,codes_postaux,population\n"
FOIX = "09122,Foix,de,09,091,,09000,9613\n"


def fault_of(folder, content):
    """Return what is said of a communes.csv with this content."""
    path = folder / "communes.csv"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FileFault) as caught:
        read_rows(folder, "communes")
    message = str(caught.value)
    assert message.startswith(f"{path}, ligne ")
    return message.removeprefix(f"{path}, ")


FAULTS = {
    "missing file": (None, "ligne 1 : ce fichier manque."),
    "empty file": ("", "ligne 1 : les colonnes attendues sont code, nom, article,"),
    "column missing": ("code,nom\n", "ligne 1 : les colonnes attendues sont code, nom, article,"),
    "columns in another order": ("nom,code" + HEADER[8:], "ligne 1 : les colonnes attendues sont"),
    "row too short": (HEADER + FOIX + "09225,Pamiers\n", "ligne 3 : 2 cellules au lieu de 8."),
    "row too long": (HEADER + "09122,Foix,de,09,091,,09000,9613,\n", "ligne 2 : 9 cellules"),
    "blank line": (HEADER + FOIX + "\n" + FOIX, "ligne 3 : 0 cellules au lieu de 8."),
    "same key twice": (HEADER + FOIX + FOIX, "ligne 3, champ « code » : « 09122 » est déjà plus"),
    "null character": (
        HEADER + "09122,Fo\0ix,de,09,091,,09000,9613\n",
        "ligne 2, champ « nom » : cette cellule contient un caractère nul.",
    ),
    "not UTF-8": (
        (HEADER + FOIX).encode() + "09225,Évèque\n".encode("latin-1"),
        "ligne 3 : ce texte n’est pas en UTF-8.",
    ),
    "no code": (HEADER + ",Foix,de,09,091,,09000,9613\n", "ligne 2, champ « code » : cette"),
    "no name": (HEADER + "09122,,de,09,091,,09000,9613\n", "ligne 2, champ « nom » : cette"),
    "no article": (HEADER + "09122,Foix,,09,091,,,\n", "ligne 2, champ « article » : cette"),
    "no département": (HEADER + "09122,Foix,de,,,,,\n", "ligne 2, champ « departement » : cette"),
    "quotation mark left open": (HEADER + FOIX + '09225,"Pamiers,de\n' + FOIX, "ligne 3 : "),
    "quotation mark left open in a long file": (
        HEADER + '09225,"Pamiers,de\n' + FOIX * 6000,
        "ligne 2 : ",
    ),
    "fault behind a cell of two lines": (
        HEADER + '09122,"Foix\nsur Ariège",de,09,091,,09000,9613\n' + "09225\n",
        "ligne 4 : 1 cellules",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_file_line_and_field(tmp_path, content, said):
    assert fault_of(tmp_path, content).startswith(said)


def test_a_line_separator_inside_a_cell_is_no_new_line(tmp_path):
    (tmp_path / "regions.csv").write_text("code,nom,article\n76,Occi\u2028tanie,d'\n", "utf-8")
    assert read_rows(tmp_path, "regions")[0]["nom"] == "Occi\u2028tanie"


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["Unix", "Windows"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_a_spreadsheet_may_have_saved_the_file(tmp_path, mark, ending):
    text = mark + ending.join(["code,nom,article", "76,Occitanie,d'", ""])
    (tmp_path / "regions.csv").write_bytes(text.encode())
    assert read_rows(tmp_path, "regions") == [{"code": "76", "nom": "Occitanie", "article": "d'"}]


def test_a_row_knows_where_it_stands(edition):
    pamiers = read_rows(edition.folder, "communes")[1]
    assert (pamiers["nom"], pamiers.line) == ("Pamiers", 3)


def test_an_old_code_may_stand_once_as_deleguee_and_once_as_associee(edition):
    edition.add("former_communes", "09057,commune-deleguee,Bompas,09296")
    assert len(read_rows(edition.folder, "former_communes")) == 2


def test_the_digest_changes_with_any_file(edition):
    seen = {digest(edition.folder)}
    for name in FILES:
        edition.add(name, "")
        seen.add(digest(edition.folder))
    assert len(seen) == len(FILES) + 1
