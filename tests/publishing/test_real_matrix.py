"""A lawyer's spot check: what is publicly known of real instruments, and what the matrix of the mirror says of them.

The whole chain runs as in a release: read, split, code, people's labels before the machine's, compare. Where
people coded an instrument, their labels stand.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from support.sources import mirror, treaty
from treatynlp.comparison.cells import Cell
from treatynlp.comparison.derived_tables import grid
from treatynlp.comparison.dual_criminality import Criminality
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.overview import Overview, compare
from treatynlp.comparison.records import Provenance, Record
from treatynlp.comparison.rules import load_rules
from treatynlp.comparison.safeguards import PowerCheck
from treatynlp.corpus import load
from treatynlp.home import home
from treatynlp.pipeline.steps.coding import code, correct
from treatynlp.pipeline.steps.linking import link
from treatynlp.pipeline.steps.people import People
from treatynlp.publishing.titles import Titles

TITLES = Titles(load().codebook)


SPOT = {
    "arab-2010", "budapest-2001", "budapest-ap1-2003", "coe-extradition-1957", "coe-mla-1959", "convention-108-1981",
    "eaw-2002", "eu-attacks-2013", "gdpr-2016", "lanzarote-2007", "malabo-2014", "opsc-2000", "paris-call-2018",
    "uncac-2003", "untoc-2000", "vienna-1988",
}  # fmt: skip
"""The instruments that the tables below speak of, and their like: to align all sixty would take the suite's time."""


@pytest.fixture(scope="module")
def real(shared: Path) -> Overview:
    return _real(shared)


@cache
def _real(shared: Path) -> Overview:
    corpus = load()
    families = {name: topic.family for name, topic in corpus.codebook.topics.items()}
    found = {path.stem: treaty(path) for path in mirror(shared) if path.stem in SPOT}
    records = []
    for instrument in corpus.instruments:
        if instrument.id not in found:
            records.append(Record(instrument))
            continue
        text, _ = link(found[instrument.id], corpus.instruments)
        coding, _ = correct(code(text, families)[0], text, People.of(corpus, instrument.id))
        source = Provenance(instrument.sources[0].url, "", "application/pdf", 1, "text", "mirror")
        records.append(Record(instrument, source, text, coding))
    rules = load_rules(home() / "corpus", corpus.codebook.topics, corpus.codebook.families)
    return compare(records, corpus.codebook, rules, Weights.load(home() / "models"))


PRESENT = [
    # (instrument, topic, an article among those behind the cell)
    ("budapest-2001", "illegal_access", "Art. 2"),
    ("budapest-2001", "illegal_interception", "Art. 3"),
    ("budapest-2001", "data_interference", "Art. 4"),
    ("budapest-2001", "system_interference", "Art. 5"),
    ("budapest-2001", "misuse_of_devices", "Art. 6"),
    ("budapest-2001", "computer_forgery", "Art. 7"),
    ("budapest-2001", "computer_fraud", "Art. 8"),
    ("budapest-2001", "child_sexual_abuse_material", "Art. 9"),
    ("budapest-2001", "copyright_offences", "Art. 10"),
    ("budapest-2001", "conditions_safeguards", "Art. 15"),
    ("budapest-2001", "expedited_preservation", "Art. 16"),
    ("budapest-2001", "transborder_access", "Art. 32"),
    ("budapest-2001", "network_24_7", "Art. 35"),
    ("budapest-ap1-2003", "racist_xenophobic_acts", "Art. 3"),
    ("arab-2010", "terrorism_offences", "Art. 15"),
    ("arab-2010", "payment_instrument_offences", "Art. 18"),
    ("arab-2010", "network_24_7", "Art. 43"),
    ("malabo-2014", "racist_xenophobic_acts", "Art. 29"),
    ("malabo-2014", "supervisory_authority", "Art. 11"),
    ("malabo-2014", "electronic_transactions", "Art. 5"),
    ("lanzarote-2007", "child_solicitation", "Art. 23"),
    ("opsc-2000", "child_sexual_abuse_material", "Art. 3"),
    ("uncac-2003", "asset_recovery", "Art. 57"),
    ("untoc-2000", "organised_crime_offences", "Art. 5"),
    ("coe-extradition-1957", "speciality", "Art. 14"),
    ("coe-mla-1959", "mutual_assistance", "Art. 1"),
    ("convention-108-1981", "sensitive_data", "Art. 6"),
    ("gdpr-2016", "data_transfers", "Art. 45"),
    # the machine alone
    ("eu-attacks-2013", "illegal_access", "Art. 3"),
    ("eu-attacks-2013", "system_interference", "Art. 4"),
    ("eu-attacks-2013", "illegal_interception", "Art. 6"),
    ("eu-attacks-2013", "corporate_liability", "Art. 10"),
    ("eaw-2002", "speciality", "Art. 27"),
    ("vienna-1988", "extradition", "Art. 6"),
    ("vienna-1988", "mutual_assistance", "Art. 7"),
    ("vienna-1988", "confiscation", "Art. 5"),
]
LACKING = [
    ("arab-2010", "conditions_safeguards", "absent"),  # the Arab Convention has no safeguards article
    ("malabo-2014", "extradition", "absent"),  # Malabo has no extradition article
    ("malabo-2014", "network_24_7", "absent"),
    ("malabo-2014", "transborder_access", "absent"),
    ("budapest-2001", "racist_xenophobic_acts", "absent"),  # they were left to the Additional Protocol
    ("budapest-2001", "dp_principles", "absent"),
    ("coe-extradition-1957", "illegal_access", "absent"),
    ("uncac-2003", "illegal_access", "absent"),
    ("gdpr-2016", "extradition", "absent"),
    ("gdpr-2016", "accession", "not_applicable"),  # nobody accedes to a regulation
    ("eu-attacks-2013", "denunciation", "not_applicable"),
    ("un-cybercrime-2024", "illegal_access", "not_assessed"),  # not in the mirror: nothing is claimed
]
SET = [
    # (instrument, attribute, value as shown, article)
    ("budapest-2001", "preservation_period", "at most 90 days", "Art. 16(2)"),
    ("budapest-2001", "extradition_threshold", "a maximum of at least one year (prosecution)", "Art. 24"),
    ("budapest-2001", "ratifications_required", "5, of which 3 member States", "Art. 36"),
    ("budapest-2001", "age_of_child", "18 years", "Art. 9"),
    ("malabo-2014", "preservation_period", "at most two years", "Art. 31"),
    ("malabo-2014", "ratifications_required", "15", "Art. 36"),
    ("coe-extradition-1957", "extradition_threshold", "a maximum of at least one year (prosecution)", "Art. 2"),
    ("coe-extradition-1957", "extradition_threshold", "at least four months (enforcement)", "Art. 2"),
    ("uncac-2003", "ratifications_required", "30", "Art. 68"),
    ("untoc-2000", "ratifications_required", "40", "Art. 38"),
    ("gdpr-2016", "response_deadline", "at most 72 hours", "Art. 33"),
    ("eu-attacks-2013", "response_deadline", "at most eight hours", "Art. 13"),
]


def cell(real: Overview, instrument: str, topic: str) -> Cell:
    return grid(real.cells)[instrument, topic]


@pytest.mark.parametrize(("instrument", "topic", "article"), PRESENT)
def test_what_is_known_to_be_there(real: Overview, instrument: str, topic: str, article: str) -> None:
    found = cell(real, instrument, topic)
    assert found.found, found.reason
    cited = {ground.passage.citation.partition("(")[0] for ground in found.grounds}
    assert article in cited
    assert all(ground.passage.page and ground.passage.url for ground in found.grounds)


@pytest.mark.parametrize(("instrument", "topic", "state"), LACKING)
def test_what_is_known_not_to_be_there(real: Overview, instrument: str, topic: str, state: str) -> None:
    assert cell(real, instrument, topic).state == state


@pytest.mark.parametrize(("instrument", "attribute", "value", "article"), SET)
def test_what_is_known_to_be_set(real: Overview, instrument: str, attribute: str, value: str, article: str) -> None:
    rows = [row for row in real.parameters if row.passage.instrument == instrument and row.attribute == attribute]
    assert (value, True) in {(TITLES.value(row), row.passage.citation.startswith(article)) for row in rows}


def safeguard(real: Overview, instrument: str, power: str) -> PowerCheck:
    return next(c for c in real.safeguards if (c.power.instrument, c.power.topic) == (instrument, power))


def test_powers_of_the_budapest_convention_refer_to_its_safeguards(real: Overview) -> None:
    for power in ("search_seizure", "production_order", "realtime_traffic_data", "content_interception"):
        found = safeguard(real, "budapest-2001", power)
        assert (found.safeguard, found.articles) == ("referenced", ("art_15",))


def test_powers_of_the_arab_convention_stand_alone(real: Overview) -> None:
    assert safeguard(real, "arab-2010", "search_seizure").safeguard == "missing"


def dual(real: Overview, left: str, right: str, topic: str) -> Criminality:
    sides = {left, right}
    rows = (row for row in real.criminality if {row.left.instrument, row.right.instrument} == sides)
    return next(row for row in rows if row.left.topic == topic)


def test_dual_criminality_of_budapest_and_the_arab_convention(real: Overview) -> None:
    assert dual(real, "budapest-2001", "arab-2010", "computer_forgery").overlap in ("both", "both_if")
    only = dual(real, "budapest-2001", "arab-2010", "payment_instrument_offences")
    assert only.overlap == ("only_left" if only.left.instrument == "arab-2010" else "only_right")


def test_untoc_was_taken_over_by_uncac_and_budapest_by_its_protocol(real: Overview) -> None:
    share = {(s.instrument, s.other): s.share for s in real.reuse.shares}
    assert share["untoc-2000", "uncac-2003"] > 0.7
    assert share["budapest-ap1-2003", "budapest-2001"] > share["budapest-ap1-2003", "gdpr-2016"]


def test_the_protocol_on_racism_came_before_malabo(real: Overview) -> None:
    rows = {row.cell.instrument: row for row in real.chronology if row.topic == "racist_xenophobic_acts"}
    assert rows["budapest-ap1-2003"].rank < rows["malabo-2014"].rank


def test_each_offence_of_budapest_meets_its_counterpart_in_the_arab_convention(real: Overview) -> None:
    (found,) = [a for a in real.alignments if {a.left.id, a.right.id} == {"budapest-2001", "arab-2010"}]
    turned = found.left.id == "arab-2010"
    pairs = {(p.right, p.left) if turned else (p.left, p.right) for p in found.pairs}
    assert {("art_2", "art_6"), ("art_6", "art_9"), ("art_16", "art_23"), ("art_35", "art_43")} <= pairs


def articles(eid: str) -> str:
    return next((part.partition("_")[2] for part in eid.split("__") if part.startswith("art_")), "")


@pytest.mark.parametrize(("right", "floor"), [("arab-2010", 0.9), ("malabo-2014", 0.8)])
def test_alignments_agree_with_gold_that_was_never_learnt_from(
    real: Overview, shared: Path, right: str, floor: float
) -> None:
    left = "budapest-2001"
    rows = list(csv.DictReader((shared / "gold" / "alignments" / f"{left}__{right}.csv").open(encoding="utf-8")))
    gold = {(row["left"], row["right"]) for row in rows if row["right"]}
    (found,) = [a for a in real.alignments if {a.left.id, a.right.id} == {left, right}]
    pairs = {(articles(p.left), articles(p.right)) for p in found.pairs}
    pairs = pairs if found.left.id == left else {(b, a) for a, b in pairs}
    pairs = {pair for pair in pairs if pair[0] in {row["left"] for row in rows}}
    assert 2 * len(pairs & gold) / (len(pairs) + len(gold)) >= floor
