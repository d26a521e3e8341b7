"""What a reviewer needs of an instrument: the hashes that decisions go by, and the labels most worth a look."""

from collections.abc import Iterator
from typing import Any

from treatynlp.coding.reviewing import review
from treatynlp.corpus import text_hash
from treatynlp.publishing.explorer.numbering import Json, Numbering, ReadInstrument

MOST = 200
"""Labels of an instrument that are offered for a look, those most worth it first."""


def review_data(one: ReadInstrument, numbers: Numbering) -> Json:
    """`hashes` by number of provision, as corpus/overrides names them; `doubts` as provision, topic, worth, score,
    whether the label is given."""
    treaty = one.record.treaty
    words = (treaty.words(place.provision.span) if treaty else "" for place in one.where.values())
    return {"hashes": list(map(text_hash, words)), "doubts": list(_doubts(one, numbers))[:MOST]}


def _doubts(one: ReadInstrument, numbers: Numbering) -> Iterator[list[Any]]:
    coding = one.record.coding
    for doubt in review([coding]) if coding else ():
        if doubt.eid in one.number and doubt.topic in numbers.topics:
            at = one.number[doubt.eid], numbers.topics[doubt.topic]
            yield [*at, doubt.worth, doubt.score, int(doubt.given)]
