"""Tables of the views: harmonisation, gaps, dual criminality, safeguards, chronology."""

from collections.abc import Iterable
from statistics import mean

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.harmonisation import Harmony
from treatynlp.comparison.overview import Overview
from treatynlp.publishing.columns import (
    FAMILY,
    PLACE,
    REFERS_INSTRUMENT,
    REFERS_TOPIC,
    TOPIC,
    citations,
    first_place,
)
from treatynlp.publishing.pairs import LEFT, REFERS_PAIR, RIGHT
from treatynlp.publishing.tables import Field, Table, Value, rows_of
from treatynlp.structure.address import cited

Row = dict[str, Value]


def views(overview: Overview) -> list[Table]:
    """The tables of the views, harmonisation first."""
    return [
        harmonisation(overview.harmony), harmonisation_pairs(overview), gaps(overview), dual_criminality(overview),
        safeguards(overview), chronology(overview),
    ]  # fmt: skip


_SHARES = (
    Field("coverage", "(present + 0.5 partial) / (present + partial + absent)", "number"),
    Field("coverage_low", "the same, every unknown cell counted as absent", "number"),
    Field("coverage_high", "the same, every unknown cell counted as present", "number"),
    Field("wilson_low", "lower end of the 95 % Wilson interval of coverage", "number"),
    Field("wilson_high", "upper end", "number"),
    Field("field_coverage", "coverage among instruments that regulate any topic of the family", "number"),
    Field("strict", "coverage if only labels of score 0.9 and more counted", "number"),
    Field("loose", "coverage if undecided labels of score 0.3 and more counted too", "number"),
    Field("index", "mean over pairs of instruments of their agreement on the topic and its terms", "number"),
    Field("index_low", "the same, pairs with an unknown instrument counted 0", "number"),
    Field("index_high", "the same, an unknown instrument counted as agreeing with the other", "number"),
    Field("index_least", "lowest index when any one instrument is left out", "number"),
    Field("index_most", "highest index when any one instrument is left out", "number"),
)
HARMONISATION = (
    Field("level", "topic, or family: the mean over its topics", required=True, one_of=("topic", "family")),
    FAMILY,
    Field("topic", "topic; empty for a family"),
    Field("rank", "1: the topic on which instruments agree most", "integer"),
    Field("present", "binding instruments that regulate it", "integer"),
    Field("partial", "binding instruments that only touch it", "integer"),
    Field("absent", "binding instruments that do not", "integer"),
    Field("unknown", "binding instruments of which it is not known", "integer"),
    *_SHARES,
    Field("outliers", "instruments of the field that stand against at least four fifths of the others", separator=" "),
)


def harmonisation(found: Iterable[Harmony]) -> Table:
    """How far the binding instruments agree, per topic and per family."""
    harmony = list(found)
    indices = sorted((h.index for h in harmony if h.index is not None), reverse=True)
    ranks = {h.topic: 1 + indices.index(h.index) for h in harmony if h.index is not None}
    names = [field.name for field in HARMONISATION if field.name not in ("level", "rank", "outliers")]
    rows: list[Row] = [
        {name: getattr(h, name) for name in names}
        | {"level": "topic", "rank": ranks.get(h.topic), "outliers": " ".join(h.outliers) or None}
        for h in harmony
    ]
    families = dict.fromkeys(h.family for h in harmony)
    rows += [_family(name, [h for h in harmony if h.family == name]) for name in families]
    means = "How far binding instruments agree; formulas in the columns' descriptions"
    return Table("harmonisation", means, HARMONISATION, rows_of(HARMONISATION, rows), (), (REFERS_TOPIC,))


def _family(name: str, rows: list[Harmony]) -> Row:
    """The family's row: counts of cells summed, shares averaged over the topics."""
    found: Row = {"level": "family", "family": name}
    for count in ("present", "partial", "absent", "unknown"):
        found[count] = sum(getattr(row, count) for row in rows)
    for field in _SHARES:
        if field.name not in ("wilson_low", "wilson_high", "index_least", "index_most"):
            values = [v for row in rows if (v := getattr(row, field.name)) is not None]
            found[field.name] = mean(values) if values else None
    return found


PAIRS = (
    LEFT,
    RIGHT,
    Field("both", "topics both regulate", "integer"),
    Field("either", "topics at least one regulates", "integer"),
    Field("unknown", "topics unknown in one of them", "integer"),
    Field("thematic", "both / either", "number"),
    Field("index", "agreement on topics and their terms / either", "number"),
    Field("index_low", "the same, unknown topics counted as lacking", "number"),
    Field("index_high", "the same, unknown topics counted as agreed upon", "number"),
)


def harmonisation_pairs(overview: Overview) -> Table:
    """How far every two instruments agree."""
    rows = rows_of(PAIRS, ({f.name: getattr(row, f.name) for f in PAIRS} for row in overview.pairs))
    means = "How far two instruments agree over all topics"
    return Table("harmonisation_pairs", means, PAIRS, rows, ("left", "right"), REFERS_PAIR)


GAPS = (
    Field("has", "id of the instrument that regulates the topic", required=True),
    Field("lacks", "id of the instrument that does not", required=True),
    FAMILY,
    TOPIC,
    Field("certain", "true: the absence is a claim; false: a reader must look", "boolean", required=True),
    Field("articles", "provisions of the instrument that has it, as cited", separator="; "),
    *PLACE[3:],
)


def gaps(overview: Overview) -> Table:
    """What each instrument regulates and another does not."""
    rows = rows_of(GAPS, (
        first_place(gap.cell)
        | {"has": gap.has, "lacks": gap.lacks, "family": gap.family, "topic": gap.cell.topic, "certain": gap.certain,
           "articles": citations(gap.cell)}
        for gap in overview.gaps
    ))  # fmt: skip
    refers = (("has", "instruments", "id"), ("lacks", "instruments", "id"), REFERS_TOPIC)
    return Table("gaps", "Gaps of one instrument against another", GAPS, rows, ("has", "lacks", "topic"), refers)


_SIDES = tuple(
    Field(f"{side}_{name}", f"{means} ({side})", kind, separator="; " if name == "articles" else "")  # type: ignore[arg-type]
    for side in ("left", "right")
    for name, means, kind in (
        ("state", "state of the cell", "string"), ("strength", "strength of the duty", "string"),
        ("articles", "provisions, as cited", "string"), ("page", "page of the source", "integer"),
        ("url", "address of the source", "string"),
    )
)  # fmt: skip
CRIMINALITY = (
    LEFT,
    RIGHT,
    TOPIC,
    Field("overlap", "whether conduct criminal under one is criminal under the other", required=True,
          one_of=("both", "conditional", "only_left", "only_right", "neither", "unknown")),
    Field("differs", "terms on which they differ, separated by semicolons", separator="; "),
    *_SIDES,
)  # fmt: skip


def dual_criminality(overview: Overview) -> Table:
    """Offence by offence for every two instruments."""
    rows = rows_of(CRIMINALITY, (
        _side("left", row.left) | _side("right", row.right)
        | {"left": row.left.instrument, "right": row.right.instrument, "topic": row.left.topic, "overlap": row.overlap,
           "differs": "; ".join(row.differs) or None}
        for row in overview.criminality
    ))  # fmt: skip
    means = "Whether two instruments criminalise the same conduct, offence by offence"
    key = ("left", "right", "topic")
    return Table("dual_criminality", means, CRIMINALITY, rows, key, (*REFERS_PAIR, REFERS_TOPIC))


def _side(side: str, cell: Cell) -> Row:
    at = first_place(cell)
    return {
        f"{side}_state": cell.state, f"{side}_strength": cell.strength or None,
        f"{side}_articles": citations(cell) or None, f"{side}_page": at.get("page"), f"{side}_url": at.get("url"),
    }  # fmt: skip


SAFEGUARDS = (
    Field("instrument", "id of the instrument", required=True),
    TOPIC,
    Field("safeguard", "where the conditions stand that go with the power", required=True,
          one_of=("own_article", "referenced", "general", "missing", "unknown")),
    Field("safeguard_articles", "the articles with the conditions, as cited", separator="; "),
    Field("articles", "provisions that give the power, as cited", separator="; "),
    *PLACE[3:],
)  # fmt: skip


def safeguards(overview: Overview) -> Table:
    """Every intrusive power, and whether conditions and safeguards go with it."""
    rows = rows_of(SAFEGUARDS, (
        first_place(row.power)
        | {"instrument": row.power.instrument, "topic": row.power.topic, "safeguard": row.safeguard,
           "safeguard_articles": "; ".join(map(cited, row.articles)) or None, "articles": citations(row.power)}
        for row in overview.safeguards
    ))  # fmt: skip
    means = "Intrusive powers and the safeguards that go with them"
    refers = (REFERS_INSTRUMENT, REFERS_TOPIC)
    return Table("safeguards", means, SAFEGUARDS, rows, ("instrument", "topic"), refers)


CHRONOLOGY = (
    TOPIC,
    FAMILY,
    Field("rank", "1: the first instrument of the corpus to regulate the topic", "integer", required=True),
    Field("date", "date it was made, as exact as declared", required=True),
    Field("instrument", "id of the instrument", required=True),
    Field("articles", "provisions, as cited", separator="; "),
    *PLACE[3:],
    Field("earlier", "ids of the instruments that had it before, separated by blanks", separator=" "),
    Field("taken_from", "the one of them with the longest passage on the topic in common, word for word"),
    Field("words", "words of that passage", "integer"),
)


def chronology(overview: Overview) -> Table:
    """Which instrument regulated a topic first, and which followed."""
    rows = rows_of(CHRONOLOGY, (
        first_place(row.cell)
        | {"topic": row.topic, "family": row.family, "rank": row.rank, "date": row.date,
           "instrument": row.cell.instrument, "articles": citations(row.cell), "earlier": " ".join(row.earlier) or None,
           "taken_from": row.taken_from or None, "words": row.words or None}
        for row in overview.chronology
    ))  # fmt: skip
    means = "Which instrument regulated a topic first, and which followed"
    refers = (REFERS_INSTRUMENT, REFERS_TOPIC)
    return Table("chronology", means, CHRONOLOGY, rows, ("topic", "instrument"), refers)
