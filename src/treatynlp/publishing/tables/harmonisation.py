"""How far the binding instruments agree, per topic and per family."""

from statistics import mean

from treatynlp.comparison.harmonisation import Harmony
from treatynlp.publishing.columns import FAMILY, REFERS_TOPIC
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, Value, rows_of

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
FIELDS = (
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


def harmonisation(material: Material) -> Table:
    """A row for each topic, then one for each family."""
    harmony = material.overview.harmony
    # Ranked by what is shown: of two topics with the same index, none stands above the other by a rounding error.
    shown = {h.topic: round(h.index, 6) for h in harmony if h.index is not None}
    indices = sorted(shown.values(), reverse=True)
    ranks = {topic: 1 + indices.index(index) for topic, index in shown.items()}
    names = [field.name for field in FIELDS if field.name not in ("level", "rank", "outliers")]
    rows: list[Row] = [
        {name: getattr(h, name) for name in names}
        | {"level": "topic", "rank": ranks.get(h.topic), "outliers": " ".join(h.outliers) or None}
        for h in harmony
    ]
    families = dict.fromkeys(h.family for h in harmony)
    rows += [_family(name, [h for h in harmony if h.family == name]) for name in families]
    means = "How far binding instruments agree; formulas in the columns' descriptions"
    sheet = Sheet("Agreement by topic", ("coverage", "field_coverage", "index"))
    return Table("harmonisation", means, FIELDS, rows_of(FIELDS, rows), sheet, (), (REFERS_TOPIC,))


def _family(name: str, rows: list[Harmony]) -> Row:
    """The family's row: counts of cells summed, shares averaged over the topics."""
    found: dict[str, Value] = {"level": "family", "family": name}
    for count in ("present", "partial", "absent", "unknown"):
        found[count] = sum(getattr(row, count) for row in rows)
    for field in _SHARES:
        if field.name not in ("wilson_low", "wilson_high", "index_least", "index_most"):
            values = [v for row in rows if (v := getattr(row, field.name)) is not None]
            found[field.name] = mean(values) if values else None
    return found
