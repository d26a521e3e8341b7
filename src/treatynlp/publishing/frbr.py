"""What an Akoma Ntoso file says about itself: work, expression and manifestation, as FRBR tells them apart.

The work is the instrument as such, the expression its words in a language, the manifestation this file. Facts are
the registry's; what it does not know is said to be unknown, never guessed.
"""

from dataclasses import dataclass

from lxml import etree

from treatynlp.corpus import Instrument

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MAIN = "main"
UNKNOWN_DAY = "0001-01-01"
"""The schema demands a date; this one, named `unknown`, says that none is known."""
_COUNTRIES = {"European Union": "eu", "United Nations": "un"}
"""Codes that ISO 3166 reserves for organisations; others have `aa`, the code left to users."""
_LANGUAGES = {"ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "pt": "por", "ru": "rus", "zh": "zho"}


@dataclass(frozen=True, slots=True)
class Work:
    """The facts of an instrument that its Akoma Ntoso file names; `date` as far as it is known ("2004", ""), and of
    what it is the date ("adopted")."""

    id: str
    title: str
    citation: str
    body: str
    date: str
    dated: str
    language: str

    @property
    def country(self) -> str:
        return _COUNTRIES.get(self.body, "aa")

    @property
    def uri(self) -> str:
        return "/".join(("", "akn", self.country, "act", self.date or "unknown", self.id))


def work(id: str, instrument: Instrument | None) -> Work:
    """The facts known of the instrument; without a registry entry its id and the language treatynlp reads."""
    if instrument is None:
        return Work(id=id, title="", citation="", body="", date="", dated="unknown", language="eng")
    one, date = instrument, instrument.dates.first
    dated = next((name for name, value in one.dates.model_dump().items() if value == date), "unknown")
    language = _LANGUAGES.get(one.sources[0].language, "und") if one.sources else "eng"
    return Work(id=id, title=one.title, citation=one.citation, body=one.body, date=date, dated=dated, language=language)


def meta(work: Work, terms: dict[str, str], component: str = MAIN) -> etree._Element:
    """The `meta` of the document or of one of its attachments (`component` is "annex_II").

    `terms` are the defined terms by the id their `def` elements refer to; they stand once, in the document's own.
    """
    root = etree.Element(f"{{{NS}}}meta")
    identification = add_to(root, "identification", source="#treatynlp")
    expression = f"{work.uri}/{work.language}@"
    levels = (("FRBRWork", work.uri, ""), ("FRBRExpression", expression, ""), ("FRBRManifestation", expression, ".xml"))
    for level, uri, ending in levels:
        _level(add_to(identification, level), f"{uri}/!{component}{ending}", uri + ending, work)
    _of_work(identification[0], work)
    add_to(identification[1], "FRBRlanguage", language=work.language)
    if component == MAIN:
        _references(add_to(root, "references", source="#treatynlp"), work, terms)
    etree.indent(root)
    return root


def _references(references: etree._Element, work: Work, terms: dict[str, str]) -> None:
    name = work.body or "not known"
    add_to(references, "TLCOrganization", eId="author", href=f"/ontology/organization/{_slug(name)}", showAs=name)
    add_to(references, "TLCOrganization", eId="treatynlp", href="/ontology/organization/treatynlp", showAs="treatynlp")
    for key, term in terms.items():
        add_to(references, "TLCTerm", eId=key, href=f"/ontology/term/{work.id}/{key}", showAs=term)


def _level(element: etree._Element, this: str, uri: str, work: Work) -> None:
    add_to(element, "FRBRthis", value=this)
    add_to(element, "FRBRuri", value=uri)
    if element.tag.endswith("FRBRManifestation"):  # when a file was made depends on the run: it is not said
        add_to(element, "FRBRdate", date=UNKNOWN_DAY, name="unknown")
    else:
        add_to(element, "FRBRdate", **_date(work))
    add_to(element, "FRBRauthor", href="#author")


def _date(work: Work) -> dict[str, str]:
    # Of some treaties only the year is known; a first of January would be a claim.
    if len(work.date) == len("2001-11-23"):
        return {"date": work.date, "name": work.dated}
    return {"date": UNKNOWN_DAY, "name": f"{work.dated} {work.date}, day unknown" if work.date else "unknown"}


def _of_work(element: etree._Element, work: Work) -> None:
    add_to(element, "FRBRcountry", value=work.country)
    if work.citation:
        add_to(element, "FRBRnumber", value=work.citation)
    if work.title:
        add_to(element, "FRBRname", value=work.title)


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def add_to(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """A new element of Akoma Ntoso, the last in its parent."""
    return etree.SubElement(parent, f"{{{NS}}}{tag}", attributes)
