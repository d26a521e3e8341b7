"""The whole way from official PDFs to a release folder: fetch → read → split → code → compare → publish.

A stage reads an artefact, calls one pure function, writes an artefact and records issues. One instrument that fails
stops no other; what was good before stays in use; a run after which nothing changed does no work and says so.

    outcome = run(load(), default_root(), Supply("mirror", Path("pdfs")), out=Path("release"))
    print(outcome.reason)

This is a face for others; within the package modules import from where things are.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treatynlp.pipeline.ask.beside import beside
    from treatynlp.pipeline.ask.checking import faults
    from treatynlp.pipeline.ask.comparing import compare_instruments
    from treatynlp.pipeline.ask.explaining import labels_in_doubt, reasons
    from treatynlp.pipeline.ask.language_versions import compare_versions
    from treatynlp.pipeline.runs.dashboard import run_dashboard
    from treatynlp.pipeline.runs.host_queues import gently, queues
    from treatynlp.pipeline.runs.learning import evaluate, train
    from treatynlp.pipeline.runs.outcome import Outcome, refused_run
    from treatynlp.pipeline.runs.prepare_instrument import Prepared
    from treatynlp.pipeline.runs.refresh import Run, finish, make, obtain, run, started, unobtained
    from treatynlp.pipeline.runs.sources import Supplied, Supply, chosen, specimens
    from treatynlp.pipeline.runs.workers import Brief, make_briefed, make_here, nobody_there, worker_brief
    from treatynlp.pipeline.sandbox.several import at_a_time

__all__ = [
    "Brief", "Outcome", "Prepared", "Run", "Supplied", "Supply", "at_a_time", "beside", "chosen", "compare_instruments",
    "compare_versions", "evaluate", "faults", "finish", "gently", "labels_in_doubt", "make", "make_briefed",
    "make_here", "nobody_there", "obtain", "queues", "reasons", "refused_run", "run", "run_dashboard", "specimens",
    "started", "train", "unobtained", "worker_brief",
]  # fmt: skip

_HOMES = {
    "ask.beside": ("beside",),
    "ask.checking": ("faults",),
    "ask.comparing": ("compare_instruments",),
    "ask.explaining": ("labels_in_doubt", "reasons"),
    "ask.language_versions": ("compare_versions",),
    "runs.dashboard": ("run_dashboard",),
    "runs.host_queues": ("gently", "queues"),
    "runs.learning": ("evaluate", "train"),
    "runs.outcome": ("Outcome", "refused_run"),
    "runs.prepare_instrument": ("Prepared",),
    "runs.refresh": ("Run", "finish", "make", "obtain", "run", "started", "unobtained"),
    "runs.sources": ("Supplied", "Supply", "chosen", "specimens"),
    "runs.workers": ("Brief", "worker_brief", "make_briefed", "make_here", "nobody_there"),
    "sandbox.several": ("at_a_time",),
}
_HOME_OF = {name: f"{__name__}.{home}" for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """The names above, imported when they are first wanted: a process that only reads documents, or a command that
    only says what it can do, has no use for scikit-learn."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)
