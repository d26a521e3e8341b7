"""Quality on ../shared, held against the floors the last landing reached.

    python benchmarks/gates.py            measure, compare, fail when anything is below its floor
    python benchmarks/gates.py --only split    the same of the split alone (or of `coding`)
    python benchmarks/gates.py --raise    write what was reached as the new floors (never lower ones)

The scorers are those beside the gold (../shared/tools); topics are scored on the exam.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from treatynlp.coding.evaluation import exam
from treatynlp.coding.figures import absence, headline
from treatynlp.coding.lexicon import load_lexicon
from treatynlp.coding.training import coder_topics, lessons_of
from treatynlp.corpus import load
from treatynlp.drafting import load_drafting
from treatynlp.pipeline import Supply
from treatynlp.pipeline.runs.learning import coded_by_people

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.002
"""A floor is missed only beyond the scorers' rounding and a label that flips with another processor's arithmetic."""


def main() -> int:
    given = _arguments()
    if not SHARED.is_dir():
        sys.stderr.write("The folder ../shared (gold and scorers) is not beside this checkout: nothing to measure.\n")
        return 1
    parts = [given.only] if given.only else list(PARTS)
    with tempfile.TemporaryDirectory() as folder:
        reached = {name: value for part in parts for name, value in PARTS[part](Path(folder))}
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    asked = {name: floor for name, floor in floors.items() if not given.only or _part(name) == given.only}
    missed = [name for name, floor in asked.items() if reached.get(name, -1.0) < floor - SLACK]
    for name, value in reached.items():
        floor = floors.get(name)
        mark = "BELOW" if name in missed else "ok" if floor is not None else "no floor yet"
        sys.stdout.write(f"{name:34} {value:7.4f}   floor {floor if floor is not None else '-':>7}   {mark}\n")
    unmeasured = sorted(set(asked) - set(reached))
    if unmeasured:
        sys.stdout.write(f"not measured: {', '.join(unmeasured)}\n")
    if given.to_raise:
        raised = floors | {name: max(value, floors.get(name, 0.0)) for name, value in reached.items()}
        FLOORS.write_text(json.dumps(raised, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__), formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=sorted(PARTS), help="measure this part alone")
    parser.add_argument("--raise", action="store_true", dest="to_raise", help="write what was reached as new floors")
    return parser.parse_args()


def _part(name: str) -> str:
    """The part a floor belongs to, by its name."""
    return "split" if name.startswith("split") else "coding"


def split_figures(folder: Path) -> Iterator[tuple[str, float]]:
    """Articles and headings found in the mirror, in typeset treaties and in scans, by name."""
    yield from _split("mirror", sorted((SHARED / "corpus/mirror").glob("*.pdf")), "gold/articles", folder)
    typeset = sorted((SHARED / "gold/typeset").glob("*.pdf"))
    with_text = [path for path in typeset if ".scan." not in path.name]
    yield from _split("typeset", with_text, "gold/typeset", folder, layouts=True)
    if shutil.which("tesseract"):
        scans = [path for path in typeset if ".scan." in path.name]
        yield from _split("scans", scans, "gold/typeset", folder)


def _split(name: str, files: list[Path], gold: str, folder: Path, layouts: bool = False) -> Iterator[tuple[str, float]]:
    out = folder / name
    _treatynlp("split", *map(str, files), "--out", str(out))
    told = _score("score_split.py", str(out), str(_gold_of(files, SHARED / gold, folder / f"{name}-gold")))
    for line in told.splitlines()[1:]:
        layout, docs, _, _, f1, _, heading, perfect = line.split()
        if layout == "ALL" or layouts:
            key = f"split {name}" if layout == "ALL" else f"split {name} {layout}"
            yield f"{key} art-F1", float(f1)
            yield f"{key} perfect", int(perfect.split("/")[0]) / int(docs)
            yield f"{key} heading", float(heading)


def _gold_of(files: list[Path], gold: Path, folder: Path) -> Path:
    """The gold of these files only: a document that was not asked for is no fault."""
    folder.mkdir()
    for path in files:
        answer = gold / f"{path.stem}.gold.json"
        if answer.exists():
            shutil.copy(answer, folder)
    return folder


def coding_figures(folder: Path) -> Iterator[tuple[str, float]]:
    """Topics on the exam and attributes on all coded instruments, by name."""
    mirror = SHARED / "corpus/mirror"
    yield from _exam(folder)
    _treatynlp("classify", *map(str, sorted(mirror.glob("*.pdf"))), "--out", str(folder / "coded"))
    told = _score("score_attributes.py", str(folder / "coded"), str(SHARED / "gold/attributes"))
    yield "attributes, all coded instruments F1", float(told.splitlines()[-1].split("F1")[1].split()[0])


def _exam(folder: Path) -> Iterator[tuple[str, float]]:
    """Topics of the exam's instruments, by models that saw neither them nor their siblings of drafting."""
    corpus, drafting = load(), load_drafting()
    supply = Supply("mirror", SHARED / "corpus/mirror")
    treaties = coded_by_people(corpus, supply, folder / "workspace")
    topics = coder_topics(corpus.codebook.topics)
    lessons = lessons_of(treaties, corpus, load_lexicon())
    outcome = exam(lessons.examples, topics, drafting, teachers=lessons.teachers)
    family = {topic: rule.family for topic, rule in corpus.codebook.topics.items()}
    for name, figure in headline(family).items():
        yield f"topics exam {name}", round(figure(outcome), 4)
    missed = absence(outcome)
    yield "cells exam not printed absent", round(1 - missed.missed, 4)
    yield "cells exam decided", round(1 - missed.inconclusive, 4)


PARTS: Mapping[str, Callable[[Path], Iterator[tuple[str, float]]]] = {"coding": coding_figures, "split": split_figures}


def _treatynlp(*arguments: str) -> None:
    command = [sys.executable, "-c", "from treatynlp.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 2:
        sys.exit(f"treatynlp {arguments[0]}: {done.stderr[-2000:]}")


def _score(tool: str, *arguments: str) -> str:
    command = [sys.executable, str(SHARED / "tools" / tool), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
