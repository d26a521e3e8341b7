"""French: what clauses of our own invention are split into, point to and define; and real acts beside the English."""

from dataclasses import replace
from pathlib import Path

import pytest

from support.invented import treaty
from support.sources import source
from treatynlp.errors import DataError
from treatynlp.reading import read
from treatynlp.structure import Treaty, split
from treatynlp.structure.definitions import definitions
from treatynlp.structure.references import references
from treatynlp.structure.title_guess import dated, kind_of
from treatynlp.words import language_codes, unfinished_languages, words

BEFORE = "CONVENTION SUR LES PHARES\n\nLes Parties à la présente Convention sont convenues de ce qui suit:\n\n"
SPLITS = [
    # (what, the text, the addresses wanted, why)
    ("a first article in words", "Article premier\n\nLes phares sont allumés.\n\nArticle 2\n\nIls sont éteints.\n",
     ["art_1", "art_2"], "what is printed as a place stands before Article 2"),
    ("a first article with an ending", "Article 1er\n\nLes phares sont allumés.\n\nArticle 2\n\nIls sont éteints.\n",
     ["art_1", "art_2"], "the ending is none of the number"),
    ("letters with one bracket", "Article 1\n\n1. Chaque Partie:\n\na) allume les phares; et\n\nb) les éteint.\n\n"
     "2. Elle les garde.\n\nArticle 2\n\nL'huile est gratuite.\n",
     ["art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_2", "art_2"],
     "a line that ends in 'et' ends a point: the next letter goes on with the list"),
    ("a word alone between points", "Article 1\n\nLe gardien peut:\n\na) allumer le phare\n\nou\n\nb) l'éteindre.\n\n"
     "Article 2\n\nL'huile est gratuite.\n",
     ["art_1", "art_1__point_a", "art_1__point_b", "art_2"], "'ou' on a line of its own begins no reference"),
    ("chapters counted in Roman figures", "CHAPITRE PREMIER\n\nLES PHARES\n\nArticle 1\n\nLes phares sont allumés.\n\n"
     "CHAPITRE II\n\nL'HUILE\n\nArticle 2\n\nL'huile est gratuite.\n",
     ["chp_I", "art_1", "chp_II", "art_2"], "the first is addressed in the figures in which the others go on"),
    ("a witness clause", "Article 1\n\nLes phares sont allumés.\n\nArticle 2\n\nIls sont éteints.\n\n"
     "En foi de quoi les soussignés ont signé.\n\nFait à Port-Méridien, le 3 avril 2391.\n",
     ["art_1", "art_2", "conclusions"], "what stands behind the last article is none of it"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "wanted", "why"), SPLITS, ids=[row[0] for row in SPLITS])
def test_what_a_text_is_split_into(what: str, text: str, wanted: list[str], why: str) -> None:
    found = split(read((BEFORE + text).encode(), "phares.txt", "fr"), "phares")
    assert [one.eid for one in found.walk() if one.kind not in ("front", "preamble", "recital")] == wanted, why


BODY = {
    "art_1": "Chaque Partie entretient des phares.",
    "art_2": "Phares.",
    "art_2__para_1": "1. Les phares sont placés:",
    "art_2__para_1__point_a": "a) sur les jetées;",
    "art_2__para_1__point_b": "b) sur les rochers.",
    "art_2__para_2": "2. Les phares sont allumés.",
    "art_3": "Huile.",
    "art_3__para_1": "1. L'huile est gratuite.",
    "art_3__para_2": "2. HERE",
    "art_4": "Les mèches ne sont pas gratuites.",
}
POINTERS = [
    # (the words, the instrument and addresses wanted, why)
    ("Comme prévu à l'article 2, paragraphe 1, point a).", [("", "art_2__para_1__point_a")], "down to its part"),
    ("Au titre de l'article 2, paragraphe 1, points a) et b).",
     [("", "art_2__para_1__point_a"), ("", "art_2__para_1__point_b")], "two points"),
    ("Le point b) du paragraphe 1 de l'article 2 s'applique.", [("", "art_2__para_1__point_b")], "from the part up"),
    ("Aux fins des articles 1er à 3.", [("", "art_1"), ("", "art_2"), ("", "art_3")], "a range from the first on"),
    ("Aux fins de l'article premier.", [("", "art_1")], "the first in words"),
    ("Le paragraphe 1 du présent article s'applique.", [("", "art_3__para_1")], "of this article"),
    ("Le paragraphe précédent s'applique.", [("", "art_3__para_1")], "the adjective stands behind"),
    ("Voir l'article 4 de la présente convention.", [("", "art_4")], "of this instrument"),
    ("Voir l'article 7 de la directive 1999/1/XY.", [("external", "art_7")], "of another, by its number"),
    ("Voir l'article 2, paragraphe 1, du traité sur l'Union des ports.", [("external", "art_2__para_1")],
     "of another, by its name"),
    ("Dans un délai de 3 mois, pour 2 jours.", [], "amounts are no provisions"),
    ("Au sens de l'article 9, points 9) à 11), du traité sur l'huile.",
     [("external", f"art_9__para_{n}") for n in (9, 10, 11)], "a bracket closes each number of a range"),
    ("Visé à l'article 2, dans les ports visés au paragraphe 1 dudit article.",
     [("", "art_2"), ("", "art_2__para_1")], "'dudit' takes up the article named before"),
    ("Aux articles 1er et 2 et à l'article 4 de la directive 1999/1/XY.",
     [("external", "art_1"), ("external", "art_2"), ("external", "art_4")], "the preposition is said again"),
    ("Au titre de la directive 1999/1/XY, en particulier de son chapitre V.",
     [("external", ""), ("external", "chp_V")], "whose it is stands before"),
    ("Au titre du premier alinéa, point a).", [("", "")], "down from a place in a row, to a point that is not there"),
]  # fmt: skip


def written(here: str) -> Treaty:
    said = {eid: words.replace("HERE", here) for eid, words in BODY.items()}
    return replace(treaty("phares-2391", said), language="fr")


@pytest.mark.parametrize(("here", "wanted", "why"), POINTERS, ids=[row[0] for row in POINTERS])
def test_what_words_point_to(here: str, wanted: list[tuple[str, str]], why: str) -> None:
    found = [one for one in references(written(here)) if one.eid == "art_3__para_2"]
    assert [(one.instrument, one.target) for one in found] == wanted, why


TERMS = [
    ("a colon", "«phare»: toute lumière sur une jetée;", "phare", "toute lumière sur une jetée", "acts of the 1990s"),
    ("a comma", "«phare», toute lumière sur une jetée;", "phare", "toute lumière sur une jetée", "the acts of today"),
    ("désigne", "Le terme «phare» désigne toute lumière.", "phare", "toute lumière", "conventions"),
    ("s'entend", "«phare» s'entend de toute lumière.", "phare", "toute lumière", "conventions too"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "said", "term", "meaning", "why"), TERMS, ids=[row[0] for row in TERMS])
def test_terms_that_are_defined(what: str, said: str, term: str, meaning: str, why: str) -> None:
    text = {"art_1": "Aux fins de la présente convention, on entend par:", "art_1__point_a": f"a) {said}"}
    made = replace(treaty("phares", text, {"art_1": "Définitions"}), language="fr")
    assert [(one.term, made.words(one.meaning)) for one in definitions(made)] == [(term, meaning)], why


def test_dates_and_kinds_in_a_title() -> None:
    assert dated("Fait à Port-Méridien, le 1er avril 2391", "fr") == "2391-04-01"
    assert kind_of("Protocole additionnel à la Convention sur les phares", "fr") == "protocol"


def test_a_language_without_a_folder_is_told_with_what_to_do() -> None:
    with pytest.raises(DataError, match=r"No words .* 'pt'.*known: en, fr.*corpus/words/pt") as told:
        words("pt")
    assert "corpus/words/en" in told.value.issues[0].message


def test_every_language_has_the_files_of_the_first() -> None:
    assert {"en", "fr"} <= set(language_codes())
    assert unfinished_languages() == ()
    every = {language: {path.name for path in words(language).folder.iterdir()} for language in language_codes()}
    assert all(files == every["en"] for files in every.values()), every


# ---- three acts, in the folder of real sources -----------------------------------------------------------------------

MISPRINTED = {"dp-directive-1995": {"art_26__para_1__point_d", "art_26__para_1__point_e", "art_26__para_1__point_f"}}
"""The page of the 1995 directive prints "oud)" for "ou" and "d)": the points from there on cannot be told apart."""


@pytest.mark.parametrize("ident", ["dp-directive-1995", "led-2016", "e-evidence-2023"])
def test_the_same_provisions_as_the_english(shared: Path, ident: str) -> None:
    texts = {"en": source(shared, ident), "fr": shared / "corpus" / "alternate" / f"{ident}.fr.html"}
    every = {code: split(read(path.read_bytes(), path.name, code), ident) for code, path in texts.items()}
    found = {code: {one.eid for one in made.walk() if counted(one.eid)} for code, made in every.items()}
    assert found["en"] - found["fr"] == MISPRINTED.get(ident, set())
    assert found["fr"] - found["en"] == set()


def counted(eid: str) -> bool:
    """Whether an address is of an article of the instrument itself, or of a numbered paragraph or point in it."""
    return eid.startswith("art_") and "alinea" not in eid
