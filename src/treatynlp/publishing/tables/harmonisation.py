"""How far the binding instruments agree, per topic and per family."""

from statistics import mean

from treatynlp.comparison.harmonisation import Harmony, same_choice
from treatynlp.publishing.columns import FAMILY, REFERS_TOPIC
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import PLACES, Field, Row, Sheet, Table, Value, rows_of

_SHARES = (
    Field("coverage", "(present + by_reference + 0.5 partial) / (these + absent)", "number"),
    Field("coverage_low", "the same, every unknown cell counted as absent", "number"),
    Field("coverage_high", "the same, every unknown cell counted as present", "number"),
    Field("wilson_low", "lower end of the 95 % Wilson interval of coverage", "number"),
    Field("wilson_high", "upper end", "number"),
    Field("drawn_low", "lower end of the 95 % interval of coverage when drafting families are drawn again", "number"),
    Field("drawn_high", "upper end", "number"),
    Field("field_coverage", "coverage among instruments that regulate any topic of the family", "number"),
    Field("corrected", "coverage without the coder's errors, as measured on instruments it had not seen", "number"),
    Field("strict", "coverage if only labels of score 0.9 and more counted", "number"),
    Field("loose", "coverage if undecided labels of score 0.3 and more counted too", "number"),
    Field("index", "mean over pairs of instruments of their agreement on the topic and its terms", "number"),
    Field("index_low", "the same, pairs with an unknown instrument counted 0", "number"),
    Field("index_high", "the same, an unknown instrument counted as agreeing with the other", "number"),
    Field("index_least", "lowest index when any one instrument is left out", "number"),
    Field("index_most", "highest index when any one instrument is left out", "number"),
)
_TERMS = (
    Field("terms", "how alike those that regulate it do: mean of Gower's coefficient over their terms", "number"),
    Field("terms_low", "lower end of its 95 % interval when drafting families are drawn again", "number"),
    Field("terms_high", "upper end", "number"),
    Field("terms_pairs", "pairs of instruments it was taken from", "integer"),
    Field("terms_compared", "terms compared in all these pairs", "integer"),
)
_COUNTS = ("present", "partial", "by_reference", "absent", "unknown")
_UNRANKED = frozenset({"general", "final"})
_OF_TOPICS = ("wilson_low", "wilson_high", "drawn_low", "drawn_high", "index_least", "index_most")
FIELDS = (
    Field("level", "topic, or family: the mean over its topics", required=True, one_of=("topic", "family")),
    FAMILY,
    Field("topic", "topic; empty for a family"),
    Field(
        "rank",
        "1: the topic on which instruments agree most (index); preambles, definitions and final clauses have "
        "none: all treaties have them",
        "integer",
    ),
    Field("present", "binding instruments that regulate it", "integer"),
    Field("partial", "binding instruments that only touch it", "integer"),
    Field("by_reference", "binding instruments that make another's provisions on it apply", "integer"),
    Field("absent", "binding instruments that do not", "integer"),
    Field("unknown", "binding instruments of which it is not known", "integer"),
    *_SHARES,
    *_TERMS,
    Field(
        "alpha",
        "of a family: Krippendorff's alpha of which topics its instruments regulate; 0 is as by chance, empty "
        "where all choose alike",
        "number",
    ),
    Field("outliers", "instruments of the field that stand against at least four fifths of the others", separator=" "),
)


def harmonisation_table(material: Material) -> Table:
    """A row for each topic, then one for each family."""
    harmony = material.overview.harmony
    # Ranked by what is shown: of two topics with the same index, none stands above the other by a rounding error.
    ranked = {h.topic: round(h.index, PLACES) for h in harmony if h.index is not None and h.family not in _UNRANKED}
    order = sorted(ranked.values(), reverse=True)
    rows: list[Row] = [
        {**_topic(h), "rank": 1 + order.index(ranked[h.topic]) if h.topic in ranked else None} for h in harmony
    ]
    families = dict.fromkeys(h.family for h in harmony)
    rows += [_family(name, material) for name in families]
    means = "How far binding instruments agree; formulas in the columns' descriptions"
    sheet = Sheet("Agreement by topic", ("coverage", "field_coverage", "index"))
    return Table(
        name="harmonisation",
        means=means,
        fields=FIELDS,
        rows=rows_of(FIELDS, rows),
        sheet=sheet,
        key=(),
        refers=(REFERS_TOPIC,),
    )


def _topic(one: Harmony) -> Row:
    names = ("family", "topic", *_COUNTS, *(field.name for field in _SHARES))
    said = one.terms
    terms = zip(_TERMS, (said.value, said.low, said.high, said.pairs, said.terms), strict=True)
    return ({"level": "topic", "outliers": " ".join(one.outliers) or None} | {n: getattr(one, n) for n in names}
            | {field.name: value for field, value in terms})  # fmt: skip


def _family(name: str, material: Material) -> Row:
    """The family's row: counts of cells summed, shares averaged over the topics, and how alike topics are chosen."""
    rows = [one for one in material.overview.harmony if one.family == name]
    topics, binding = (
        {one.topic for one in rows},
        {record.id for record in material.overview.records if record.instrument.binding},
    )
    cells = [c for c in material.overview.cells if c.topic in topics and c.instrument in binding]
    found: dict[str, Value] = {"level": "family", "family": name, "alpha": same_choice(cells)}
    for count in _COUNTS:
        found[count] = sum(getattr(row, count) for row in rows)
    for field in _SHARES:
        # An interval of a share is one of counts; averaged over topics it would be no interval of anything.
        if field.name not in _OF_TOPICS:
            values = [v for row in rows if (v := getattr(row, field.name)) is not None]
            found[field.name] = mean(values) if values else None
    return found
