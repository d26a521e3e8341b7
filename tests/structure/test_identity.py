"""Whether a text is the instrument it was fetched as: another treaty, a page about it, an excerpt are not."""

import pytest

from support.network_attacks import BODY, OTHER, TITLE, treaty
from support.workspace_fixture import pair
from treatynlp.corpus import load as load_instruments
from treatynlp.reading import read
from treatynlp.registry import Dates, Expect, Instrument
from treatynlp.structure import split
from treatynlp.structure.identity import identity, shorter

DECLARED = {
    "title": TITLE, "short_title": "Quays Convention", "body": BODY, "dates": Dates(adopted="2091-04-03"),
    "expect": Expect(articles=40),
}  # fmt: skip


def declared(**facts: object) -> Instrument:
    return pair().instruments[0].model_copy(update={**DECLARED, **facts})


@pytest.mark.parametrize(
    ("page", "facts", "said"),
    [
        (treaty(), {}, ""),
        (treaty(40, TITLE.upper()), {}, ""),  # as covers print it
        (treaty(21), {}, ""),  # some are missing: told by the count, and still this one
        (treaty(40, TITLE, "Done at Wick."), {}, ""),  # no date, but the body
        (treaty(), {"body": "Guild of Ferrymen"}, ""),  # not the body, but the date
        (
            treaty(),
            {"title": f"Convention of the {BODY} on the Lighting of Quays at Night"},
            "",
        ),
        (treaty(), {"expect": Expect()}, "registry does not say how many"),
        (treaty(), {"title": "Convention", "short_title": "Treaty"}, "too short to know the text by"),
        (treaty(40, OTHER), {}, "does not call itself"),
        (treaty(40, OTHER), {"expect": Expect()}, "does not call itself"),
        (treaty(40, f"Protocol to the {TITLE}"), {}, "does not call itself"),
        (treaty(40, f"Explanatory Report to the {TITLE}"), {}, "does not call itself"),
        (treaty(), {"title": f"Protocol to the {TITLE}", "short_title": "Quays Protocol"}, "does not call itself"),
        (treaty(), {"title": f"Directive 2091/40 on the {TITLE}", "short_title": "Directive"}, "does not call itself"),
        (treaty(), {"body": "Guild of Ferrymen", "dates": Dates(adopted="2077")}, "nor its date (2077)"),
        (treaty(12), {}, "12 articles were found where the registry expects 40"),
    ],
)
def test_a_text_is_known_by_title_body_or_date_and_count(page: bytes, facts: dict[str, object], said: str) -> None:
    instrument = declared(**facts)
    document = read(page, "lamps")
    rows = identity(document, split(document, "lamps"), instrument)
    assert [row.where for row in rows] == ([instrument.id] if said else [])
    assert said in " ".join(row.message for row in rows)


UNCOUNTED = [one for one in load_instruments().instruments if one.expect.articles is None and one.languages[0] == "en"]
"""Instruments of the registry whose articles nobody has counted: no text of them is at hand."""


@pytest.mark.parametrize("instrument", UNCOUNTED, ids=lambda one: one.id)
def test_what_the_registry_does_not_count_is_known_by_title_and_told_as_unproven(instrument: Instrument) -> None:
    for title, code in ((instrument.title, "source-unproven"), (OTHER, "source-not-this-instrument")):
        page = treaty(40, title, f"Done for {instrument.body}, {instrument.dates.first}.")
        document = read(page, "lamps")
        rows = identity(document, split(document, "lamps"), instrument)
        assert [row.code for row in rows] == [code]


@pytest.mark.parametrize(
    ("articles", "facts", "said"),
    [
        (40, {}, ""),
        (36, {}, ""),  # a count is declared, and says what is missing
        (30, {}, "words where the last good copy had"),
        (39, {"expect": Expect()}, "39 articles where the last good copy had 40"),
        (44, {"expect": Expect()}, ""),
    ],
)
def test_a_text_that_has_lost_words_or_articles_is_not_believed(
    articles: int, facts: dict[str, object], said: str
) -> None:
    before, after = (split(read(treaty(count), "lamps"), "lamps") for count in (40, articles))
    rows = shorter(before, after, declared(**facts))
    assert len(rows) == bool(said)
    assert said in " ".join(row.message for row in rows)
