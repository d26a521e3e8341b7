"""What people install: wheel and source archive carry their data, build to the same bytes, and need no checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def build(source: Path, out: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(built: tuple[Path, Path]) -> Path:
    return built[0]


@pytest.fixture(scope="module")
def unpacked(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked somewhere else."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built[1]) as archive:
        # 3.11.0 to 3.11.3 know no filters; the archive is our own.
        archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel installed; the libraries it needs are lent by the environment of the tests."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, symlinks=True)
    found = home / "bin" / "python"
    command = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--python", str(found)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    site = next(home.glob("lib/python*/site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return found


def test_the_wheel_carries_its_data_and_no_release(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "codebook.yml",
        "comparison.yml",
        "instruments/",
        "lexicon/",
        "model_clauses/",
        "overrides/",
        "specimens/",
        "teaching/",
        "annotations/",
    ):
        assert any(name.startswith(f"treatynlp/data/corpus/{part}") for name in names), part
    assert any(name.startswith("treatynlp/data/models/") and name.endswith(".skops") for name in names)
    assert not any("/releases/" in name or "/tests/" in name for name in names)
    assert not [name for name in names if name.endswith((".pkl", ".pickle"))]


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    """Templates, patterns, styles and the mark of typed code, not only modules."""
    packed = {name.removeprefix("treatynlp/") for name in zipfile.ZipFile(wheel).namelist()}
    command = ["git", "ls-files", "src/treatynlp"]
    listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.split()
    if not listed:
        pytest.skip("no git here to say which files belong to the package")
    tracked = {name.removeprefix("src/treatynlp/") for name in listed if (ROOT / name).exists()}
    assert "py.typed" in tracked
    assert tracked <= packed


def test_its_metadata_says_what_it_is_and_names_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = next(name for name in archive.namelist() if name.endswith("METADATA")).removesuffix("METADATA")
        told = Parser().parsestr(archive.read(f"{info}METADATA").decode())
        texts = {name: archive.read(f"{info}licenses/{name}").decode() for name in ("LICENSE", "LICENSE-DATA")}
        script = archive.read(f"{info}entry_points.txt").decode()
    assert told.get_all("License-File") == ["LICENSE", "LICENSE-DATA"]
    assert told["License-Expression"].split(" AND ")[0] == "MIT"
    assert texts["LICENSE"].startswith("MIT License")
    assert "Creative Commons Attribution 4.0" in texts["LICENSE-DATA"]
    assert told["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in told.get_all("Classifier", [])
    assert not [one for one in told.get_all("Requires-Dist", []) if "prefect" in one and "extra ==" not in one]
    assert "treatynlp = treatynlp.cli:main" in script
    assert told.get_payload().startswith("# treatynlp")  # type: ignore[union-attr]


def test_the_source_archive_holds_all_one_needs_to_work_on_it(unpacked: Path) -> None:
    for name in (
        "README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA", "Makefile", "pyproject.toml",
        "requirements.lock", "requirements-dev.lock", "requirements-uv.lock", "prefect.yaml", "flows/refresh.py",
        "docs/conf.py", "docs/index.md", "tests/packaging/test_wheel.py",
        "benchmarks/floors.json", "models/topics/topics.skops", "corpus/codebook.yml", "src/treatynlp/py.typed",
    ):  # fmt: skip
        assert (unpacked / name).is_file(), name
    for name in (".git", ".venv", "build", "dist"):
        assert not (unpacked / name).exists(), name


def test_the_source_archive_builds_the_same_wheel(wheel: Path, unpacked: Path, tmp_path: Path) -> None:
    assert build(unpacked, tmp_path)[0].read_bytes() == wheel.read_bytes()


def test_the_same_source_builds_to_the_same_bytes(unpacked: Path, tmp_path: Path) -> None:
    first, second = (build(unpacked, tmp_path / name) for name in ("first", "second"))
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]


def called(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command, in a shell that nobody has told where the project lies."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False)


def test_it_runs_from_a_fresh_environment(python: Path, tmp_path: Path) -> None:
    specimen = tmp_path / "treaty.pdf"
    shutil.copy(ROOT / "corpus" / "specimens" / "atlantis-cybercrime-2391.pdf", specimen)
    done = called(python.with_name("treatynlp"), "classify", specimen, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    answer = json.loads((tmp_path / "out" / "treaty.json").read_text(encoding="utf-8"))
    assert len(answer["articles"]) == 44
    assert "definitions" in {label["topic"] for label in answer["articles"][0]["labels"]}


def test_it_is_the_installed_one_that_runs_and_it_tells_its_version(python: Path, wheel: Path, tmp_path: Path) -> None:
    where = called(python, "-c", "import treatynlp; print(treatynlp.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(python.parents[1])), where.stderr
    told = called(python, "-m", "treatynlp", "--version", cwd=tmp_path)
    assert told.stdout.strip().endswith(f", version {wheel.name.split('-')[1]}"), told.stderr


def test_the_library_does_not_need_prefect(python: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['prefect'] = None\n"
        "import pkgutil, importlib, treatynlp\n"
        "names = [one.name for one in pkgutil.walk_packages(treatynlp.__path__, 'treatynlp.')]\n"
        "for name in names:\n"
        "    if not name.endswith('__main__'): importlib.import_module(name)\n"
    )
    done = called(python, "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
