"""`treatynlp versions`: a treaty of our own in two languages, and where the command says that they differ."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from treatynlp.cli import cli

ENGLISH = """CONVENTION ON LAMPS

The Parties to this Convention have agreed as follows:

Article 1
Lamps

1. Each Party shall light its lamps within thirty days of a request by another Party.

2. The lamps that stand at the gates of a harbour are lit by the Party in whose waters they are.

Article 2
Oil

Each Party shall keep the oil of its lamps in a place that is dry and of which it tells the other Parties.
"""
FRENCH = """CONVENTION SUR LES PHARES

Les Parties à la présente Convention sont convenues de ce qui suit :

Article premier
Phares

1. Chaque Partie allume ses phares dans un délai de vingt jours à compter de la demande d'une autre Partie.

2. Les phares qui se trouvent aux portes d'un port sont allumés par la Partie dans les eaux de laquelle ils sont.

Article 2
Huile

Chaque Partie garde l'huile de ses phares dans un lieu qui est sec et dont elle informe les autres Parties.
"""


def versions(place: Path, *more: str) -> Result:
    files = {"lamps.txt": ENGLISH, "phares.txt": FRENCH}
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    given = ["versions", *(str(place / name) for name in files), "--workspace", str(place / "ws"), *more]
    return CliRunner().invoke(cli, given)


def test_what_differs_is_told_by_address(tmp_path: Path) -> None:
    done = versions(tmp_path, "--language", "fr", "--format", "json")
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["left"], answer["right"]) == ("en", "fr")
    assert {one["eid"] for one in answer["beside"]} >= {"art_1__para_1", "art_1__para_2"}
    told = [(one["eid"], one["kind"], one["left"], one["right"]) for one in answer["differences"]]
    assert told == [("art_1__para_1", "period", ["30 day"], ["20 day"])]


@pytest.mark.parametrize(
    ("language", "said", "why"),
    [
        ("de", "de", "the file is French, not what was asked for"),
        ("xx", "corpus/words", "no folder of words for this language"),
    ],
)
def test_what_cannot_be_laid_beside_is_refused_in_words(tmp_path: Path, language: str, said: str, why: str) -> None:
    done = versions(tmp_path, "--language", language)
    assert done.exit_code == 1, why
    assert done.stderr.startswith("error ["), why
    assert said in done.stderr, why
