"""The notebooks run from top to bottom, each alone, and say what they promise; and are kept without outputs."""

import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import treatynlp
from treatynlp.home import home

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SEEN = {
    "01_first_steps": ("Atlantis", "a heat map of 16 topics by 5 instruments", "decided by"),
    "02_harmonisation_matrix": ("mens_rea", "coverage_high", "illegal access"),
    "03_dual_criminality": ("both_if", "without counterpart", "Dual criminality: what"),
    "04_safeguards": ("own_article", "search_seizure", "How strictly each instrument"),
    "05_extradition_thresholds": ("1 year (prosecution)", "political_offence", "Penalty threshold: what"),
    "06_how_sure_are_we": ("micro_f1", "missed", "Are the scores honest?"),
    "07_bring_your_own_treaty": ("added my-treaty", "nearest", "My treaty", "without counterpart", "removed my-treaty"),
}
"""Words that must be found among what each notebook shows of the specimens."""


def run(notebook: Any) -> str:
    """What the cells show, in words; figures in their own."""
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(FOLDER)}}).execute()
    shown = [out for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs]
    assert any("image/png" in out.get("data", {}) for out in shown)
    return " ".join(str(out.get("text") or out["data"].get("text/html") or out["data"]["text/plain"]) for out in shown)


@pytest.mark.long
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_specimens(
    path: Path, specimens_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(specimens_release.parent / "ws", tmp_path / "ws")  # one of them adds a treaty to it
    monkeypatch.setenv("TREATYNLP_RELEASE", str(specimens_release))
    monkeypatch.setenv("TREATYNLP_WORKSPACE", str(tmp_path / "ws"))
    shown = run(nbformat.read(path, as_version=4))
    assert [word for word in SEEN[path.stem] if word not in shown] == []


@pytest.mark.long
def test_all_of_them_run_on_the_release_of_real_instruments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    release = sorted((home() / "corpus" / "releases").glob("*/"))[-1]
    monkeypatch.setenv("TREATYNLP_RELEASE", str(release))
    monkeypatch.setenv("TREATYNLP_WORKSPACE", str(tmp_path))
    first, *others = (nbformat.read(path, as_version=4) for path in NOTEBOOKS if not path.stem.startswith("07"))
    first.cells += [cell for other in others for cell in other.cells]  # one kernel for all, as only the release differs
    for number, cell in enumerate(first.cells):
        cell["id"] = f"cell-{number}"
    shown = run(first)
    assert "Budapest Convention" in shown
    assert str(len(treatynlp.release(release).coded)) in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs_and_begins_with_a_cell_for_a_laptop(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert "%pip install" in code[0].source
    assert "treatynlp.release()" in code[0].source
    assert cells[-1].source.startswith("## What must not be concluded")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_cell_is_a_few_lines_and_no_path_of_a_machine_is_in_it(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 12, cell.source
            assert "import pandas" not in cell.source
        assert not {part for part in cell.source.split() if part.startswith(("/home", "/root", "/tmp", "/work"))}


def test_every_notebook_is_one_that_is_told_about() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(SEEN), os.listdir(FOLDER)
