"""Figures: on any release, in few and many instruments, the same bytes twice, told in words, nothing over anything."""

import io
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from click.testing import CliRunner
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

import treatynlp
from support.two_lighthouses import overview
from treatynlp.cli import cli
from treatynlp.errors import DataError
from treatynlp.publishing.figures import Drawing, calibration, to_png, to_svg
from treatynlp.publishing.figures.dendrogram import dendrogram
from treatynlp.publishing.figures.kinds import KINDS, figure
from treatynlp.publishing.figures.palette import RELATIONS, STATES, STRENGTHS, CellStyle
from treatynlp.publishing.figures.parameters import parameter_plot
from treatynlp.publishing.package import release_files
from treatynlp.publishing.release_frames import read_release

Tables = Mapping[str, pd.DataFrame]
SVG = {"s": "http://www.w3.org/2000/svg"}


@pytest.fixture(scope="module")
def releases(specimens_release: Path) -> dict[str, Tables]:
    """Five fictional conventions; two invented ones without their words; sixty with long titles; two."""
    invented = release_files(overview(), with_text=False)
    return {
        "specimens": treatynlp.release(specimens_release), "invented": read_release(invented.get, "invented"),
        "sixty": many(60), "two": many(2),
    }  # fmt: skip


def many(count: int) -> Tables:
    """Tables of so many instruments with long titles; the odd ones regulate a topic, the even ones do not."""
    ids = [f"keepers-{n}" for n in range(count)]
    title = "No. {} $of_ten^x$ & <others>: Convention of the Keepers of Lights and Fog Signals on Wreckers"
    topics = pd.DataFrame({"topic": [f"topic_{n}" for n in range(24)], "family": ["criminalisation", "procedure"] * 12})
    cells = pd.DataFrame(
        {"instrument": ident, "topic": topic, "family": family, "strength": "obligation" if n % 2 else None,
         "state": "present" if n % 2 else "absent"}
        for n, ident in enumerate(ids) for topic, family in topics.itertuples(index=False)
    )  # fmt: skip
    pairs = list(combinations(ids, 2))
    near = {"left": [a for a, _ in pairs], "right": [b for _, b in pairs], "thematic": 0.5, "textual": 0.25}
    articles = pd.DataFrame(
        {"instrument": ident, "eid": f"art_{n}", "kind": "article", "order": n, "citation": f"Art. {n}",
         "heading": "Of keepers who leave the lamp unlit in weather of the kind that wrecks"}
        for ident in ids for n in range(1, count + 1)
    )  # fmt: skip
    answers = pd.DataFrame(
        {"left": ids[0], "right": ids[1], "match": "matched", "score": 0.9, "relation": "left_wider",
         "left_eid": f"art_{n}", "right_eid": f"art_{count + 1 - n}"}
        for n in range(1, count + 1)
    )  # fmt: skip
    values = pd.DataFrame(
        {"instrument": ident, "topic": "topic_0", "attribute": "preservation_period", "value": str(30 + n),
         "unit": "day", "days": 30.0 + n, "case": None, "eid": "art_1", "citation": "Art. 1"}
        for n, ident in enumerate(ids)
    )  # fmt: skip
    harmony = topics.assign(
        level="topic", present=1, partial=0, by_reference=0, absent=count - 1, unknown=0, coverage=1 / count
    )
    for name, share in {
        "coverage_low": 0,
        "coverage_high": 1,
        "wilson_low": 0.1,
        "wilson_high": 0.4,
        "index": 0,
    }.items():
        harmony[name] = share
    return {
        "instruments": pd.DataFrame({
            "id": ids, "short_title": [title.format(n) for n in range(count)], "body": "Lighthouse League",
            "kind": "treaty", "binding": True, "status": "coded", "in_force": None,
            "date": [f"{2000 + n}-01-01" for n in range(count)],
        }),
        "topics": topics, "cells": cells, "similarity": pd.DataFrame(near), "provisions": articles,
        "alignments": answers, "parameters": values, "harmonisation": harmony,
        "chronology": pd.DataFrame({"topic": "topic_0", "instrument": ids, "rank": range(1, count + 1)}),
    }  # fmt: skip


def asked(kind: str, tables: Tables) -> dict[str, Any]:
    """What each kind of figure has to be told."""
    if kind == "bands":
        return {"instruments": tuple(tables["instruments"].id[:2])}
    return {"attribute": tables["parameters"].attribute.iloc[0]} if kind == "parameters" else {}


def words(svg: bytes) -> set[str]:
    return {"".join(node.itertext()) for node in ElementTree.fromstring(svg).iterfind(".//s:text", SVG)}


DRAWN = [(kind, name) for kind in KINDS for name in ("specimens", "invented", "sixty", "two")]
DRAWN.remove(("bands", "invented"))  # nothing of the two was aligned: see below


@pytest.mark.parametrize(("kind", "name"), DRAWN)
def test_every_figure_is_drawn_of_every_release(kind: str, name: str, releases: dict[str, Tables]) -> None:
    tables = releases[name]
    drawn = figure(tables, kind, **asked(kind, tables))
    svg = to_svg(drawn)
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.findtext("s:title", "", SVG) == drawn.title
    assert root.findtext("s:desc", "", SVG) == drawn.alt
    assert len(drawn.alt) > 60
    assert b"2000-01-01T" not in svg  # the date of a treaty may stand there; when it was drawn may not
    assert b"dc:date" not in svg
    assert said_of(kind, tables) <= words(svg)
    assert not list(overlaps(drawn))


def said_of(kind: str, tables: Tables) -> set[str]:
    """Words that must be found in the figure as text."""
    harmony = tables["harmonisation"]
    known = harmony[harmony.level == "topic"].dropna(subset=["coverage"])  # two texts without final clauses say of none
    fixed = {
        "heatmap": set(tables["topics"].topic.str.replace("_", " ")),
        "dendrogram": {"binding", "not binding"},
        "bands": {"without counterpart"},
        "timeline": {"entered into force", "topics: first on … of …"},
        "parameters": set(),
        "harmonisation": set(known.family.str.replace("_", " ").str.upper()),
    }  # fmt: skip
    return fixed[kind]


def overlaps(drawn: Drawing) -> Iterator[tuple[str, str]]:
    """Pairs of level texts that lie over each other."""
    renderer = FigureCanvasAgg(drawn).get_renderer()  # type: ignore[no-untyped-call]
    drawn.draw(renderer)
    texts = [t for t in drawn.findobj(Text) if isinstance(t, Text) and t.get_text() and t.get_visible()]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts if t.get_rotation() == 0]
    for (left, a), (right, b) in combinations(boxes, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1:
            yield left, right


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figure_has_the_same_bytes(kind: str, releases: dict[str, Tables]) -> None:
    tables = releases["two"]
    first, second = (figure(tables, kind, **asked(kind, tables)) for _ in range(2))
    assert to_svg(first) == to_svg(second)
    assert to_png(first, 72) == to_png(second, 72)
    assert to_svg(first) == to_svg(second), "saving leaves a figure as it was"


def test_a_png_is_fit_for_print_and_says_what_it_shows(releases: dict[str, Tables]) -> None:
    drawn = figure(releases["specimens"], "dendrogram")
    picture = Image.open(io.BytesIO(to_png(drawn)))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=1)
    assert picture.info["Description"] == drawn.alt
    assert picture.width > 1800


def test_a_notebook_shows_the_picture_with_its_words(releases: dict[str, Tables]) -> None:
    drawn = figure(releases["invented"], "heatmap")
    data, about = drawn._repr_mimebundle_()
    assert Image.open(io.BytesIO(data["image/png"])).format == "PNG"
    assert data["text/plain"] == about["image/png"]["alt"] == drawn.alt


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        ("illegal_access", "present 2"),  # both make it a crime
        ("extradition", "inconclusive 1"),  # beta's coder would not commit itself
        ("computer_fraud", "absent 2"),  # read whole, nothing found
    ],
)
def test_the_words_of_a_heat_map_count_its_cells(state: str, sign: str, releases: dict[str, Tables]) -> None:
    assert sign in figure(releases["invented"], "heatmap", topics=[state]).alt


def test_an_instrument_without_text_is_hatched_only_when_it_is_asked_for(releases: dict[str, Tables]) -> None:
    tables = releases["invented"]
    assert "not assessed" not in figure(tables, "heatmap").alt
    assert "not assessed" in figure(tables, "heatmap", instruments=["alpha", "gamma"]).alt


def test_strength_is_told_by_letters(releases: dict[str, Tables]) -> None:
    drawn = figure(releases["invented"], "heatmap", show="strength")
    assert "R  should (recommendation)" in words(to_svg(drawn))


def test_bands_may_be_asked_for_in_either_order(releases: dict[str, Tables]) -> None:
    tables = releases["two"]
    there, back = (figure(tables, "bands", instruments=pair) for pair in (("keepers-0", "keepers-1"),
                                                                          ("keepers-1", "keepers-0")))  # fmt: skip
    assert "left wider 2" in there.alt
    assert "right wider 2" in back.alt
    assert there.title.startswith("No. 0 $of_ten^x$ & <others>: Convention")


def test_two_instruments_that_were_not_aligned_make_no_figure(releases: dict[str, Tables]) -> None:
    with pytest.raises(DataError, match="nothing-to-plot"):
        figure(releases["invented"], "bands", instruments=("alpha", "beta"))


def test_an_instrument_whose_likeness_is_unknown_is_left_out_of_the_tree_and_named() -> None:
    tables = dict(many(4))
    near = tables["similarity"]
    tables["similarity"] = near.assign(thematic=near.thematic.where(near.right != "keepers-3"))
    drawn = dendrogram(tables)
    assert "a tree of 3 instruments" in drawn.alt
    assert any("Left out" in said and "No. 3" in said for said in (" ".join(w.split()) for w in notes(drawn)))


def notes(drawn: Drawing) -> list[str]:
    return [text.get_text() for text in drawn.findobj(Text) if isinstance(text, Text)]


def test_months_and_years_are_brought_to_one_scale_exactly() -> None:
    tables = dict(many(3))
    tables["parameters"] = tables["parameters"].assign(value=["1", "12", "3"], unit=["year", "month", "year"])
    drawn = parameter_plot(tables, "preservation_period")
    marks = sorted(float(line.get_xdata()[0]) for line in drawn.axes[0].lines)  # type: ignore[index,arg-type]
    assert marks == [1, 1, 3]  # twelve months are a year, and not 360 days of 365
    assert drawn.axes[0].get_xlabel() == "years"


@pytest.mark.parametrize(
    ("given", "codes", "said"),
    [
        ("heatmap --topic ilegal_access,extraditon", ["topic-unknown"] * 2, "did you mean illegal_access?"),
        (
            "heatmap --family crimes --instruments avalon",
            ["instrument-unknown", "family-unknown"],
            "avalon-cyberact-2377",
        ),
        ("bands --instruments avalon-cyberact-2377", ["plot-needs-two"], "the most alike are"),
        ("parameters", ["plot-needs-attribute"], "mens_rea"),
        ("parameters --attribute age", ["attribute-unknown"], "it has:"),
        ("parameters --attribute mens_rea --topic preamble", ["nothing-to-plot"], "name others"),
        ("timeline --release nowhere", ["release-missing"], "treatynlp run"),
    ],
)
def test_faults_are_rows_that_help(
    given: str, codes: list[str], said: str, specimens_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    release = [] if "--release" in given else ["--release", str(specimens_release)]
    answer = CliRunner().invoke(cli, ["plot", *given.split(), *release])
    rows = answer.stderr.splitlines()
    assert (answer.exit_code, [row.partition("]")[0].partition("[")[2] for row in rows]) == (1, codes)
    assert said in answer.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "given",
    [
        ["piechart"],  # no such kind
        ["heatmap", "--out", "x.pdf"],  # no such form
        ["dendrogram", "--attribute", "mens_rea"],  # nothing a tree has a use for
    ],
)
def test_wrong_usage_is_said_before_anything_is_read(given: list[str]) -> None:
    assert CliRunner().invoke(cli, ["plot", *given, "--release", "nowhere"]).exit_code == 2


def test_the_command_draws_what_the_library_draws(specimens_release: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "offences.svg"
    where = ["--release", str(specimens_release), "--out", str(out)]
    answer = CliRunner().invoke(cli, ["plot", "heatmap", "--family", "criminalisation", *where])
    assert answer.exit_code == 0, answer.output
    drawn = figure(treatynlp.release(specimens_release), "heatmap", families=("criminalisation",))
    assert out.read_bytes() == to_svg(drawn)
    assert answer.stdout == f"{out}\n{drawn.alt}\n"


@pytest.mark.parametrize("looks", [STATES, STRENGTHS, RELATIONS], ids=["states", "strengths", "relations"])
def test_no_two_meanings_differ_by_colour_alone(looks: Mapping[str, CellStyle]) -> None:
    signs = [(look.marker, look.style, look.hatch) for look in looks.values()]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize("look", [*STATES.values(), *STRENGTHS.values()], ids=lambda look: look.says)
def test_a_sign_stands_out_from_its_ground(look: CellStyle) -> None:
    ground, ink = (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), to_rgb(colour), strict=True))
                   for colour in (look.fill, look.ink))  # fmt: skip
    quiet = look in (STATES["absent"], STATES["not_applicable"], STATES["not_assessed"])  # silence is meant to be quiet
    assert abs(ground - ink) > (0.2 if quiet else 0.4)


def test_calibration_is_drawn_of_what_was_measured() -> None:
    drawn = calibration(treatynlp.measured()["calibration"])
    assert "real: of labels of score 0." in drawn.alt
    assert "a score that means what it says" in words(to_svg(drawn))


def test_the_command_knows_every_kind_and_says_what_it_shows() -> None:
    told = CliRunner().invoke(cli, ["plot", "--help"]).output
    assert all(re.search(rf"^  {name} +\S", told, re.MULTILINE) for name in KINDS)
    wrong = CliRunner().invoke(cli, ["plot", "pie"])
    assert wrong.exit_code == 2
    assert all(name in wrong.output for name in KINDS)


def test_units_that_cannot_be_laid_along_one_line_are_told_apart_as_words() -> None:
    tables = dict(many(3))
    tables["parameters"] = tables["parameters"].assign(value=["1", "2", "3"], unit=["day", "share", None])
    assert {"1 day", "2 share", "3"} <= words(to_svg(parameter_plot(tables, "preservation_period")))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A Treaty\x07 on\u202eLights", "A Treaty onLights 2000"),  # what would ring or turn the words is gone
        ("  ", "keepers-0 2000"),  # the id where there is no title
        (None, "keepers-0 2000"),
        ("Treaty of 2000", "Treaty of 2000"),  # the year is not said twice
        ("<b>$x^2$ & more", "<b>$x^2$ & more 2000"),  # no markup and no formula
    ],
)
def test_titles_stand_as_words(title: str | None, shown: str) -> None:
    tables = dict(many(2))
    tables["instruments"] = tables["instruments"].assign(short_title=[title, "Other"])
    assert shown in words(to_svg(figure(tables, "dendrogram")))


@pytest.mark.parametrize("kind", ["heatmap", "dendrogram", "parameters", "harmonisation"])
def test_a_release_of_nothing_but_a_registry_is_told(kind: str) -> None:
    tables = {name: table if name in ("instruments", "topics") else table[:0] for name, table in many(2).items()}
    with pytest.raises(DataError, match="nothing-to-plot"):
        figure(tables, kind)


def test_nothing_is_drawn_where_nothing_was_coded() -> None:
    tables = dict(many(2))
    tables["instruments"] = tables["instruments"].assign(status="not_assessed")
    with pytest.raises(DataError, match="nothing-to-plot"):
        figure(tables, "heatmap")
