"""A France of four départements, which a test may change line by line."""

import pytest

TABLES = {
    "regions": """\
        code,nom,article
        06,Mayotte,de
        11,Île-de-France,d'
        76,Occitanie,d'
        """,
    "departements": """\
        code,nom,article,region,chef_lieu
        09,Ariège,de l',76,09122
        75,Paris,de,11,75056
        975,Saint-Pierre-et-Miquelon,de,,97502
        976,Mayotte,de,06,97611
        """,
    "arrondissements": """\
        code,nom,article,departement,chef_lieu
        091,Foix,de,09,09122
        092,Pamiers,de,09,09225
        751,Paris,de,75,75056
        """,
    "communes": """\
        code,nom,article,departement,arrondissement,partie_de,codes_postaux,population
        09122,Foix,de,09,091,,09000,9613
        09225,Pamiers,de,09,092,,09100,16205
        09296,Siguer,de,09,091,,09220,88
        75056,Paris,de,75,751,,75001 75002,2103778
        97502,Saint-Pierre,de,975,,,97500,5293
        97611,Mamoudzou,de,976,,,97600,71437
        75101,Paris 1er Arrondissement,de,75,751,75056,75001,15475
        """,
    "former_communes": """\
        code,statut,nom,commune
        09057,commune-associee,Bompas,09296
        """,
    "printed_names": """\
        arrondissement,ville,article
        """,
    "offices": """\
        departement,adresse,courriel,telephone,site,source,relevees_le
        09,2 rue de la Préfecture,foix@ariege.example,05 61 02 10 00,http://ariege.example,annuaire,2024-07-24
        75,1 bis rue de Lutèce,,3430,http://police.example,annuaire,2024-07-24
        """,
    "grounds": """\
        code,motif,article_de_loi,explication,vaut_pour_tous,demande_voisine
        tous-motifs,Tous motifs,L. 435-1 du Ceseda,Sans distinction.,oui,non
        travail,Travail,L. 435-1 du Ceseda,Vous travaillez.,non,non
        """,
}


class Edition:
    """One year's files, in ``folder``."""

    def __init__(self, folder):
        self.folder = folder
        for name, text in TABLES.items():
            self.write(name, "".join(line.lstrip() for line in text.splitlines(keepends=True)))

    def path(self, name):
        return self.folder / f"{name}.csv"

    def read(self, name):
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name, text):
        self.path(name).write_text(text, encoding="utf-8")

    def change(self, name, old, new):
        text = self.read(name)
        assert text.count(old) == 1, f"« {old} » must stand once in {name}.csv"
        self.write(name, text.replace(old, new))

    def add(self, name, line):
        self.write(name, self.read(name) + line + "\n")

    def drop(self, name, line):
        self.change(name, line + "\n", "")


@pytest.fixture
def edition(tmp_path):
    folder = tmp_path / "territories"
    folder.mkdir()
    return Edition(folder)
