"""Damaged PDFs, and PDFs read by several threads at once: an answer or a reason, never a crash."""

import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from support.sources import SPECIMENS
from support.sources import treaty as treaty_of
from treatynlp.reading import read
from treatynlp.structure import Treaty, split


def benchmark(name: str) -> ModuleType:
    """A script of benchmarks/ as a module."""
    path = Path(__file__).parents[2] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_damaged_documents_are_read_or_refused() -> None:
    fuzz = benchmark("fuzz")
    found = fuzz.fuzzed(60)
    assert len(found) == 60
    assert {number: said for number, said in found.items() if fuzz.is_fault(said)} == {}
    assert len(set(found.values())) > 1  # some damage is survived, some refused


@pytest.mark.parametrize(
    ("number", "was"),
    [
        (3, "pages that cannot be loaded were given to OCR"),
        (307, "a page of two thousand million points was laid out point by point"),
        (2129, "a character stood at not-a-number"),
    ],
)
def test_damage_that_was_not_survived_once(number: int, was: str) -> None:
    fuzz = benchmark("fuzz")
    assert not fuzz.is_fault(fuzz.tried(number)), was


def test_the_same_mutation_is_the_same_damage() -> None:
    fuzz = benchmark("fuzz")
    assert fuzz.mutated(17) == fuzz.mutated(17)
    assert fuzz.mutated(17) != fuzz.mutated(22)


def test_threads_read_side_by_side() -> None:
    def taken_apart(path: Path) -> Treaty:
        return split(read(path.read_bytes(), path.name), path.stem)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(taken_apart, SPECIMENS * 6))
    assert found == [treaty_of(path) for path in SPECIMENS] * 6


def test_the_diff_of_two_splits_names_what_moved() -> None:
    compared = benchmark("split_diff").compared
    before = {"art_1": ["1", "Tides", "aa"], "art_2": ["2", "Lamps", "bb"], "art_3": ["3", "Ports", "cc"],
              "art_4": ["4", "Masts", "dd"], "art_5": ["5", "Sails", "ee"]}  # fmt: skip
    after = {"art_1": ["1", "Tides", "aa"], "art_2": ["2", "Lanterns", "bb"], "art_3": ["3", "Ports", "xx"],
             "chp_I__art_4": ["4", "Masts", "dd"], "art_6": ["6", "Oars", "ff"]}  # fmt: skip
    assert [(one.what, one.eid, one.now) for one in compared(before, after)] == [
        ("renamed", "art_2", ""), ("changed", "art_3", ""), ("moved", "art_4", "chp_I__art_4"),
        ("went", "art_5", ""), ("came", "art_6", ""),
    ]  # fmt: skip
    assert compared(before, before) == []
