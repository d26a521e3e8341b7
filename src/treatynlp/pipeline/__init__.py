"""The whole way from official PDFs to a release folder: fetch → read → split → code → compare → publish.

A stage reads an artefact, calls one pure function, writes an artefact and records issues. One instrument that fails
stops no other; what was good before stays in use; a run after which nothing changed does no work and says so.

    outcome = run(load(), default_root(), Supply("mirror", Path("pdfs")), out=Path("release"))
    print(outcome.reason)
"""

from treatynlp.pipeline.run.dashboard import shown
from treatynlp.pipeline.run.host_queues import gently, queues
from treatynlp.pipeline.run.outcome import Outcome, refused
from treatynlp.pipeline.run.prepare_instrument import Prepared
from treatynlp.pipeline.run.refresh import Run, at_a_time, finish, make, obtain, run, started, unobtained
from treatynlp.pipeline.run.sources import Supplied, Supply, chosen, specimens
from treatynlp.pipeline.run.workers import Brief, brief, make_briefed, make_here, nobody_there

__all__ = [
    "Brief", "Outcome", "Prepared", "Run", "Supplied", "Supply", "at_a_time", "brief", "chosen", "finish",
    "gently", "make", "make_briefed", "make_here", "nobody_there", "obtain", "queues", "refused", "run",
    "shown", "specimens", "started", "unobtained",
]  # fmt: skip
