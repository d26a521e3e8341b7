"""The drafting families name instruments of the registry, and the exam is kept out of what people look at."""

from pathlib import Path

import yaml

from treatynlp.corpus import home, load
from treatynlp.drafting import load_drafting
from treatynlp.model_clauses import load_model_clauses
from treatynlp.teaching import load_teaching


def test_families_and_exam_name_instruments_of_the_registry() -> None:
    drafting, known = load_drafting(), {one.id for one in load().instruments}
    known |= {clauses.instrument.id for clauses in load_model_clauses().values()}
    known |= {one.id for one in load_teaching().instruments}
    assert {id for family in drafting.families.values() for id in family.members} <= known
    assert len(drafting.exam.members) == 12
    assert set(drafting.exam.members) <= {row.instrument for row in load().topics}


def test_a_protocol_is_of_its_parents_family() -> None:
    drafting, known = load_drafting(), load().instruments
    for one in known:
        if one.parent and one.parent in {id for family in drafting.families.values() for id in family.members}:
            assert one.parent in drafting.siblings(one.id), one.id


def test_siblings_are_mutual_and_nobody_is_his_own() -> None:
    drafting = load_drafting()
    for family in drafting.families.values():
        for one in family.members:
            assert one not in drafting.siblings(one)
            assert all(one in drafting.siblings(other) for other in drafting.siblings(one))


def test_no_patterns_example_stands_in_the_exam() -> None:
    """Who wrote the pattern would have looked at what is only to be counted."""
    exam = load_drafting().exam.members

    def examples(node: object) -> list[str]:
        if isinstance(node, dict):
            found = [value for key, value in node.items() if key == "example" and isinstance(value, str)]
            return found + [one for value in node.values() for one in examples(value)]
        return [one for value in node for one in examples(value)] if isinstance(node, list) else []

    for file in sorted((Path(home()) / "corpus" / "lexicon").glob("*.yml")):
        shown = examples(yaml.safe_load(file.read_text(encoding="utf-8")))
        assert [one for one in shown if one.split()[0] in exam] == [], file.name
