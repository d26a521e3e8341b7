"""The codebook, so that a release explains itself."""

from treatynlp.publishing.columns import FAMILY
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of

FIELDS = (
    Field("topic", "topic", required=True),
    FAMILY,
    Field("means", "the coding rule"),
    Field("means_not", "where the neighbouring topic begins"),
)


def topics(material: Material) -> Table:
    """The codebook's topics, in its order."""
    rows = rows_of(FIELDS, (
        {"topic": name, "family": topic.family, "means": topic.means, "means_not": topic.but_not}
        for name, topic in material.overview.codebook.topics.items()
    ))  # fmt: skip
    return Table("topics", "The codebook's topics", FIELDS, rows, Sheet("Topics"), ("topic",))
