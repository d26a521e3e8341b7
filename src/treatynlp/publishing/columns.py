"""The columns that many tables share, each defined once."""

from collections.abc import Iterable, Mapping

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.records import CitedPassage, Place
from treatynlp.comparison.states import STATES
from treatynlp.comparison.strength import MODALITIES
from treatynlp.publishing.table import Field, Value

INSTRUMENT = Field("instrument", "id of the instrument (instruments.csv)", required=True)
TOPIC = Field("topic", "topic of the codebook (topics.csv)", required=True)
FAMILY = Field("family", "family the topic belongs to", required=True)
STATE = Field("state", "what is claimed of instrument and topic", required=True, one_of=STATES)
STRENGTH = Field("strength", "strongest modality of the provisions it rests on", one_of=MODALITIES)

PLACE = (
    Field("eid", "address of the provision (Akoma Ntoso eId)"),
    Field("article", "address of the article it stands in"),
    Field("citation", "the address as a lawyer cites it"),
    Field("page", "page of the source, from 1; empty where the source has no pages", "integer"),
    Field("url", "address of the source, opened at the page where it has pages"),
)
PROVEN = Field("proven", "whether nine in ten such rows were right when judged; false: no finding, look yourself",
               "boolean", required=True)  # fmt: skip
OFFSETS = (
    Field("start", "offset of the first character in the instrument's text", "integer"),
    Field("end", "offset after the last character", "integer"),
)
LEFT, RIGHT = Field("left", "id of one instrument", required=True), Field("right", "id of the other", required=True)
REFERS_INSTRUMENT = ("instrument", "instruments", "id")
REFERS_TOPIC = ("topic", "topics", "topic")
REFERS_PAIR = (("left", "instruments", "id"), ("right", "instruments", "id"))


def place_columns(passage: CitedPassage, where: Mapping[str, Place] | None = None) -> dict[str, Value]:
    """Where a passage stands, as the columns of every table that cites one: instrument, address, the article around it,
    citation, page, address of the source. `where` gives the article of provisions whose address does not name it."""
    article = where[passage.eid].article if where and passage.eid in where else article_of(passage.eid)
    return {
        "instrument": passage.instrument, "eid": passage.eid, "article": article, "citation": passage.citation,
        "page": passage.page or None, "url": passage.url,
    }  # fmt: skip


def article_of(eid: str) -> str:
    """The address of the article that a provision stands in, by its own address; itself where it names none.

    >>> article_of("art_3__point_a"), article_of("annex_I__art_2__para_1"), article_of("chp_V__para_3")
    ('art_3', 'annex_I__art_2', 'chp_V')
    """
    parts = eid.split("__")
    last = max((n for n, part in enumerate(parts) if part.startswith("art_")), default=None)
    return eid.partition("__para")[0] if last is None else "__".join(parts[: last + 1])


def offset_columns(passage: CitedPassage) -> dict[str, Value]:
    """The columns of OFFSETS; empty for a passage without words."""
    stands = passage.end > passage.start
    return {"start": passage.start if stands else None, "end": passage.end if stands else None}


def first_place(cell: Cell) -> dict[str, Value]:
    """Where a cell's surest ground stands: its citation, page and URL; nothing for a cell without grounds."""
    if not cell.grounds:
        return {}
    best = min(cell.grounds, key=lambda g: (not g.operative, -g.score, g.passage.start))
    return place_columns(best.passage) | {"instrument": cell.instrument}


def cited_provisions(cell: Cell) -> str:
    """Every provision a cell rests on, as cited, in reading order, each once."""
    return "; ".join(dict.fromkeys(ground.passage.citation for ground in cell.grounds))


def sides(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The columns once for the left and once for the right."""
    kept = tuple(fields)
    return tuple(
        Field(f"{side}_{field.name}", f"{field.means} ({side})", field.type, words=field.words)
        for side in ("left", "right")
        for field in kept
    )


def end_columns(side: str, passage: CitedPassage) -> dict[str, Value]:
    """The columns of PLACE on one side of a pair; the article is left out, since the address says it."""
    at = place_columns(passage)
    return {f"{side}_{name}": value for name, value in at.items() if name not in ("instrument", "article")}
