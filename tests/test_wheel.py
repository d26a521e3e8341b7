"""What people install: the wheel carries codebook, lexicon, registry, specimens and models, and needs no checkout."""

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it; the libraries it needs are lent by the environment of the tests."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, symlinks=True)
    site = next(home.glob("lib/python*/site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return home / "bin" / "python"


def test_the_wheel_carries_its_data_and_no_release(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("codebook.yml", "instruments/", "lexicon/", "specimens/", "annotations/"):
        assert any(name.startswith(f"treatynlp/data/corpus/{part}") for name in names), part
    assert any(name.startswith("treatynlp/data/models/") and name.endswith(".skops") for name in names)
    assert not any("/releases/" in name or "/tests/" in name for name in names)


def test_it_runs_from_an_empty_environment(python: Path, tmp_path: Path) -> None:
    specimen = tmp_path / "treaty.pdf"
    shutil.copy(ROOT / "corpus" / "specimens" / "atlantis-cybercrime-2391.pdf", specimen)
    code = "import treatynlp, sys; print(treatynlp.__file__); from treatynlp.cli import main; main()"
    command = [str(python), "-c", code, "classify", str(specimen), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(python.parents[1]) in done.stdout
    answer = json.loads((tmp_path / "out" / "treaty.json").read_text(encoding="utf-8"))
    assert len(answer["articles"]) == 44
    assert "definitions" in {label["topic"] for label in answer["articles"][0]["labels"]}


def test_the_library_does_not_need_prefect(python: Path) -> None:
    code = (
        "import sys; sys.modules['prefect'] = None\n"
        "import pkgutil, importlib, treatynlp\n"
        "for module in pkgutil.walk_packages(treatynlp.__path__, 'treatynlp.'): importlib.import_module(module.name)\n"
    )
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
