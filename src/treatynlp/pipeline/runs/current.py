"""How far each instrument came in the last run that had it, as the workspace remembers it."""

from collections.abc import Iterable
from dataclasses import replace

from pydantic import TypeAdapter

from treatynlp import store
from treatynlp.pipeline.runs.prepare_instrument import Prepared
from treatynlp.pipeline.sandbox.serialisation import understood
from treatynlp.store import Workspace

_CURRENT = "current"
_PREPARED = TypeAdapter(Prepared)


def remember_current(workspace: Workspace, made: Iterable[Prepared]) -> None:
    """Keep how far each instrument came in this run; one that could not be had now stays as it was."""
    for one in made:
        if one.treaty:
            lasting = replace(one, notices=(), remade=0, change=None)  # the rest is of this run only
            # Twice kept: without it `show` and `status` would know nothing until the next run.
            store.entrust(workspace, _CURRENT, one.id, _PREPARED.dump_json(lasting))


def forget_current(workspace: Workspace, ident: str) -> None:
    """Forget an instrument that is no longer there."""
    store.delete_record(workspace, _CURRENT, ident)


def current(workspace: Workspace) -> dict[str, Prepared]:
    """How far each instrument came in the last run that had it."""
    idents = store.record_names(workspace, _CURRENT)
    found = {ident: understood(_PREPARED, store.recall_record(workspace, _CURRENT, ident)) for ident in idents}
    return {ident: prepared for ident, prepared in found.items() if prepared}
