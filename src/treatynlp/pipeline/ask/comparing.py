"""Two instruments side by side."""

from treatynlp.comparison.alignment import Aligned, align
from treatynlp.comparison.likeness import Weights
from treatynlp.comparison.records import Record
from treatynlp.comparison.rules import load_rules
from treatynlp.corpus import Instrument
from treatynlp.errors import Issue
from treatynlp.home import home
from treatynlp.pipeline.ask.lookup import CodedInstrument, look_up
from treatynlp.pipeline.ask.one_file import registry
from treatynlp.store import Workspace


def compare_instruments(
    workspace: Workspace, left: str, right: str
) -> tuple[Aligned, dict[str, bool], tuple[Issue, ...]]:
    """Two instruments, each an id or a file, laid side by side; which kinds of rows are proven to be right; and what a
    reader must know of their texts."""
    entries = [look_up(workspace, name) for name in (left, right)]
    one, other = (_record(entry) for entry in entries)
    rules = load_rules(home() / "corpus")
    aligned = align(one, other, rules, Weights.load(home() / "models"))
    return aligned, rules.proven, tuple(dict.fromkeys(issue for entry in entries for issue in entry.piece.issues))


def _record(entry: CodedInstrument) -> Record:
    treaty = entry.piece.treaty
    # A file at hand is declared nowhere: for comparing it needs no more than a name.
    unknown = Instrument.model_construct(id=treaty.id, title=treaty.id, short_title=treaty.id, binding=True, family=())
    return Record(registry().get(treaty.id, unknown), None, treaty, entry.coding)
