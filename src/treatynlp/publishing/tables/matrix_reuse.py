"""How much of each instrument is found in each other."""

from treatynlp.publishing.columns import REFERS_INSTRUMENT
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, Value, rows_of


def matrix_reuse_table(material: Material) -> Table:
    """The share of one instrument's words (down) that stand in passages of another (across)."""
    fields = (
        Field("instrument", "id of the instrument whose words are counted", required=True),
        Field("words", "its words", "integer"),
        Field("anywhere", "share of them in passages that any other instrument has", "number"),
        *(Field(id, f"share of them in passages that are also in {id}", "number") for id in material.ids),
    )
    rows: dict[str, dict[str, Value]] = {id: {"instrument": id} for id in material.ids}
    for share in material.overview.reuse.shares:
        rows[share.instrument] |= {"words": share.words, share.other or "anywhere": share.share}
    means = "How much of each instrument (down) is found in each other (across), word for word from eight words on"
    sheet, made = Sheet("Share of words in common", ("anywhere",), raw=True), rows_of(fields, rows.values())
    return Table(
        name="matrix_reuse",
        means=means,
        fields=fields,
        rows=made,
        sheet=sheet,
        key=("instrument",),
        refers=(REFERS_INSTRUMENT,),
    )
