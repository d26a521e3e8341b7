"""The provisions behind chosen cells of a release, as citations."""

from collections.abc import Iterator

from treatynlp.publishing.brief import Choice, Tables
from treatynlp.publishing.citations import RELEASED, Citation
from treatynlp.publishing.selection import each


def citations(tables: Tables, choice: Choice) -> Iterator[Citation]:
    """Every provision that the chosen instruments' cells of the chosen topics rest on, each once."""
    cells, provisions = tables["cells"], tables["provisions"].set_index(["instrument", "eid"])
    instruments = tables["instruments"].set_index("id")
    kept = cells[cells.topic.isin(choice.topics) & cells.instrument.isin(choice.instruments)]
    for id, eid in dict.fromkeys((row.instrument, eid) for row in each(kept) for eid in row.eids):
        if (id, eid) in provisions.index:
            one, place = instruments.loc[id], provisions.loc[id, eid]
            note = f"{RELEASED}, {choice.release}"
            yield Citation(
                id=id,
                title=one.title,
                body=one.body,
                date=str(one.date),
                provision=place.citation,
                url=str(place.url),
                note=note,
            )
