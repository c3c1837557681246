"""The words that people write around the name of a place, or where they name none.

All as ``text.naming.normalised`` writes them.
"""

import re


def _words(text):
    return frozenset(text.split())


ARTICLES = _words("l la le les")
# They stand inside names too: "Saint-Germain-en-Laye". Whoever is in a hurry leaves them out.
CONNECTORS = ARTICLES | _words("a au aux d de des du en et lez pres sous sur")

# A sentence around a name, in French and in the words that other languages lend it.
SENTENCE = CONNECTORS | _words(
    """
    actuellement ai aller am ami amie arrive avec bas bonjour bonsoir bourg c ca ce cedex
    centre cette chez ci city ciudad code comment commune communes coordonnees cote dans
    demeure demeurons departement departemental dois doit domicile domiciliation domicilie
    domiciliee donc elle est estoy etre face faire fais fait faut francaise france habitant
    habite habiter habito habitons haut heberge hebergee i ici il in j je lieu live local
    locale loge logee loger ma maintenant mairie mais me merci mes mi moi mon my ne nous
    numero of on ou par parce pas peut peux plait postal postale pour precise pref
    prefectorale prefet proche puis qu quand quartier que quel quelle quelles quels qui quoi
    region regional regionale rendre reside residence residons rue s sa salut se secteur si
    sommes son souspref soy suis svp ta the ton town tres trouve tu un une va vais veut veux
    village ville vis vit vivo vivons vivre voir voudrais vous where y
    """
)
OFFICE = _words("prefecture prefectures sousprefecture")

# What one asks about, where no place is named: the guidance, in the words of those who look for it.
GUIDANCE = _words(
    """
    accompagnement admission adoption adresse adresses aes aide aider algerien algerienne
    anef annees annuaire ans appel argent asile association associations assurance
    attestation avocat avocate avocats caf carte cartes cdd cdi cerfa certificat changement
    cinq compagnon conjoint conjointe contact contrat convocation couple courriel courrier
    cout curriculum dates declaration delai delais delivrance demande demander demandes
    demarche demarches depose deposer depot deux distance dix document documents domicile
    dossier dossiers droit droits embauche emploi employeur enfant enfants enregistrement
    entreprise envoi envoie envoyer epoux etranger etrangers etudiant etudiante etudiants
    examen expulsion familial familiale famille familles fiche fiches fiscal fiscaux
    formulaire formulaires frais francais gratuit guichet guichets heures horaire horaires
    hotel huit humanitaire impot impots inscription jugement juridique justificatif
    justificatifs langue lettre ligne liste loi lois mail malade maladie mandat mariage
    marie mariee medecin messagerie metier metiers mineur mineurs motif motifs naissance
    nationalite naturalisation neuf obligation obtenir ofii oqtf pacs papier papiers parent
    parents passeport passeports patron payer permanence permis photo photos piece pieces
    poste prefecture prendre presence preuve preuves privee prix procedure procedures
    promesse provisoire prud prudhommes quatre quitter quotidien rdv recepisse recepisses
    recherche recommande recours refugie refus refuse regroupement regularisation
    regularisations regularise regularisee regulariser rendez renouvellement reponse
    resident retraite salaire salaires salarie salariee salaries sans scolarise scolarises
    scolarite sejour sejours sept site situation six smic soins taxe tel telephone tension
    territoire timbre timbres titre titres traducteur traduction travail travaille
    travailler travailleur travailleurs tribunal trois urgence validite victime vie violence
    violences visa
    """
)
# "10 ans" is no département, nor are "2 enfants".
COUNTED = re.compile(r"\b[0-9]{1,2} (?=(?:ans?|annees?|mois|enfants?|fois)\b)")
