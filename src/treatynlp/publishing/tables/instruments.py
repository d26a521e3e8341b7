"""The registry, and how far each instrument was taken."""

from treatynlp.comparison.records import TEXTS, Record
from treatynlp.publishing.material import Material
from treatynlp.publishing.table import Field, Row, Sheet, Table, rows_of

FIELDS = (
    Field("id", "id of the instrument", required=True),
    Field("short_title", "name in common use", required=True),
    Field("title", "full title"),
    Field("citation", "official citation"),
    Field("body", "organisation it was made in"),
    Field("kind", "treaty, protocol, directive, model law, …"),
    Field("binding", "whether it binds", "boolean"),
    Field("scope", "regional or global"),
    Field("region", "region, where regional"),
    Field("adopted", "date of adoption, as exact as declared"),
    Field("opened", "date of opening for signature"),
    Field("signed", "date of signature"),
    Field("in_force", "date of entry into force"),
    Field("date", "the earliest date known, by which instruments are put in order of time"),
    Field("parent", "id of the instrument it supplements"),
    Field("status", "how far it was taken", required=True, one_of=("coded", "split", "not_assessed")),
    Field("articles", "articles found", "integer"),
    Field("articles_expected", "articles the registry expects", "integer"),
    Field("url", "address of its first official source"),
    Field("text", "the text read: of the body itself, a translation by others, or a copy by others", one_of=TEXTS),
    Field("text_language", "language of the text read"),
    Field("text_date", "latest date of the words read, where the text is a consolidated one"),
    Field("amended_by", "what brought the words up to that date"),
)


def instruments_table(material: Material) -> Table:
    """Every instrument of the registry, whether or not its text was there."""
    rows = rows_of(FIELDS, map(_instrument, material.overview.records))
    means = "The registry, and how far each instrument was taken"
    return Table(name="instruments", means=means, fields=FIELDS, rows=rows, sheet=Sheet("Instruments"), key=("id",))


def _instrument(record: Record) -> Row:
    declared = record.instrument
    names = ("id", "short_title", "title", "citation", "body", "kind", "binding", "scope", "region", "parent")
    return {name: getattr(declared, name) for name in names} | {
        "adopted": declared.dates.adopted, "opened": declared.dates.opened, "signed": declared.dates.signed,
        "in_force": declared.dates.in_force, "date": declared.dates.first,
        "status": "not_assessed" if record.treaty is None else "split" if record.coding is None else "coded",
        "articles": len(record.treaty.articles) if record.treaty else None,
        "articles_expected": declared.expect.articles,
        # As declared, also where a copy was read: what was read stands in documents.csv.
        "url": declared.sources[0].url if declared.sources else None,
        "text": record.kind_of_text or None, "text_language": record.treaty.language if record.treaty else None,
        "text_date": declared.version.date if declared.version else None,
        "amended_by": "; ".join(declared.version.as_amended_by) if declared.version else None,
    }  # fmt: skip
