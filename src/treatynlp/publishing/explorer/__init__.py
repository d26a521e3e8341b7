"""The explorer: a release as pages one opens from the disk, without a server and without the network.

`index.html` is the frame, `assets/` holds its style and scripts, `data/` one script for the corpus, three for each
instrument (its provisions; what answers them in the instruments after it; what a reviewer needs) and one for changes
and issues. A browser that opens files may load neither JSON nor modules, so the data are scripts, each loaded when a
view needs it.
"""

from collections.abc import Sequence

from treatynlp.comparison.overview import Overview
from treatynlp.publishing.explorer.briefing_data import briefing_data
from treatynlp.publishing.explorer.corpus_data import corpus_data, log_data, word_data
from treatynlp.publishing.explorer.instrument_data import instrument_data
from treatynlp.publishing.explorer.numbering import Numbering
from treatynlp.publishing.explorer.pages import About, assets, data_script, index
from treatynlp.publishing.explorer.pair_data import pair_data
from treatynlp.publishing.explorer.review_data import review_data
from treatynlp.publishing.table import Table

__all__ = ["About", "explorer"]

Files = dict[str, bytes]


def explorer(overview: Overview, tables: Sequence[Table], about: About) -> Files:
    """Every file of the explorer by name, below `explorer/`.

    `tables` are the release's (changes, issues and parameters are taken from them as they are told there). Where the
    release holds no words of a treaty (`about.with_text`), neither do these files.
    """
    numbers, data = Numbering.of(overview), {}
    data["corpus"] = corpus_data(overview, numbers, {table.name: table for table in tables}, about)
    data["log"] = log_data(tables)
    data["briefing"] = briefing_data(overview, numbers)
    data["words"] = word_data(overview, about.with_text)
    data |= {f"treaty/{one.id}": instrument_data(one, overview, numbers, about.with_text) for one in numbers.read}
    data |= {f"review/{one.id}": review_data(one, numbers) for one in numbers.read}
    data |= {f"pairs/{id}": found for id, found in pair_data(overview, numbers, about.with_text)}
    pages = {"index.html": index(overview, about), **assets()}
    scripts = {f"data/{name}.js": data_script(name, found) for name, found in data.items()}
    return {f"explorer/{name}": body for name, body in sorted({**pages, **scripts}.items())}
