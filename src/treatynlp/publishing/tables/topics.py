"""The codebook, so that a release explains itself."""

from treatynlp.publishing.columns import FAMILY
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Sheet, Table, rows_of
from treatynlp.publishing.titles import Titles

FIELDS = (
    Field("topic", "topic", required=True),
    FAMILY,
    Field("title", "the topic's name for people", required=True),
    Field("family_title", "the family's", required=True),
    Field("synonyms", "words by which people look for it", separator="; "),
    Field("means", "the coding rule"),
    Field("means_not", "where the neighbouring topic begins"),
)


def topics_table(material: Material) -> Table:
    """The codebook's topics, in its order."""
    titles = Titles(material.overview.codebook)
    rows = rows_of(FIELDS, (
        {"topic": name, "family": topic.family, "means": topic.means, "means_not": topic.but_not,
         "title": titles.topic(name), "family_title": titles.family(topic.family),
         "synonyms": "; ".join(topic.synonyms) or None}
        for name, topic in material.overview.codebook.topics.items()
    ))  # fmt: skip
    return Table(
        name="topics", means="The codebook's topics", fields=FIELDS, rows=rows, sheet=Sheet("Topics"), key=("topic",)
    )
