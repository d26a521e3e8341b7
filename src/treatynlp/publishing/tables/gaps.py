"""What one instrument regulates and another does not."""

from treatynlp.publishing.columns import FAMILY, PLACE, PROVEN, REFERS_TOPIC, TOPIC, cited_provisions, first_place
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    Field("has", "id of the instrument that regulates the topic", required=True),
    Field("lacks", "id of the instrument that does not", required=True),
    FAMILY,
    TOPIC,
    Field(
        "certain", "true: who has it is sure, the absence a claim; false: a reader must look", "boolean", required=True
    ),
    PROVEN,
    Field("articles", "provisions of the instrument that has it, as cited", separator="; "),
    *PLACE[3:],
)


def gaps_table(material: Material) -> Table:
    """A row for each topic that one instrument has and another lacks."""
    rows = rows_of(FIELDS, (
        first_place(gap.cell)
        | {"has": gap.has, "lacks": gap.lacks, "family": gap.family, "topic": gap.cell.topic, "certain": gap.certain,
           "proven": material.overview.proven.get("gaps", False),
           "articles": cited_provisions(gap.cell)}
        for gap in material.overview.gaps
    ))  # fmt: skip
    means = "Gaps of one instrument against another"
    refers = (("has", "instruments", "id"), ("lacks", "instruments", "id"), REFERS_TOPIC)
    return Table(
        name="gaps",
        means=means,
        fields=FIELDS,
        rows=rows,
        sheet=Sheet("Gaps", raw=True),
        key=("has", "lacks", "topic"),
        refers=refers,
    )
