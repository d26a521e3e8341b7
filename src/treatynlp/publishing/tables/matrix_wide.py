"""The matrix with topics down and instruments across: states, provisions, strengths."""

from collections.abc import Callable

from treatynlp.comparison.cells import Cell
from treatynlp.comparison.states import STATES
from treatynlp.comparison.strength import MODALITIES
from treatynlp.publishing.columns import FAMILY, REFERS_TOPIC, TOPIC, cited_provisions
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, Value, rows_of

_SHOWN = Sheet.none("the sheet `matrix` shows it")


def matrix_presence_table(material: Material) -> Table:
    """The state of every cell."""
    return _wide(material, ("matrix_presence", "State of every cell"), STATES, lambda cell: cell.state)


def matrix_articles_table(material: Material) -> Table:
    """The provisions behind every cell, as cited."""
    return _wide(material, ("matrix_articles", "Provisions behind every cell"), (), cited_provisions)


def matrix_strength_table(material: Material) -> Table:
    """The strongest modality of every cell."""
    return _wide(material, ("matrix_strength", "Strongest modality"), MODALITIES, lambda cell: cell.strength)


def _wide(material: Material, named: tuple[str, str], one_of: tuple[str, ...], value: Callable[[Cell], str]) -> Table:
    name, means = named
    many = "" if one_of else "; "
    across = (Field(id, f"{means}: {id}", one_of=one_of, separator=many) for id in material.ids)
    fields, families = (FAMILY, TOPIC, *across), material.overview.codebook.family_of
    rows: dict[str, dict[str, Value]] = {
        topic: {"family": family, "topic": topic} for topic, family in families.items()
    }
    for cell in material.overview.cells:
        rows[cell.topic][cell.instrument] = value(cell) or None
    means = f"{means}: topics down, instruments across"
    return Table(
        name=name,
        means=means,
        fields=fields,
        rows=rows_of(fields, rows.values()),
        sheet=_SHOWN,
        key=("topic",),
        refers=(REFERS_TOPIC,),
    )
