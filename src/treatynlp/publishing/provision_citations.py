"""The provisions behind chosen cells of a release, as citations."""

from collections.abc import Iterator

from treatynlp.publishing.brief import Choice, Tables
from treatynlp.publishing.citations import RELEASED, Citation
from treatynlp.publishing.figures.selection import each


def citations(tables: Tables, choice: Choice) -> Iterator[Citation]:
    """Every provision that the chosen instruments' cells of the chosen topics rest on, each once."""
    cells, instruments = tables["cells"], tables["instruments"].set_index("id")
    kept = cells[cells.topic.isin(choice.topics) & cells.instrument.isin(choice.instruments)]
    places = dict.fromkeys((row.instrument, row.citation, row.url) for row in each(kept) if row.articles)
    for id, citation, url in places:
        one = instruments.loc[id]
        yield Citation(id, one.title, one.body, str(one.date), citation, str(url), f"{RELEASED}, {choice.release}")
