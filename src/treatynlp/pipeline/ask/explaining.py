"""Why the machine decided as it did, and where it is least sure."""

from treatynlp.coding.explaining import Reason, explain
from treatynlp.coding.reviewing import Doubt, review
from treatynlp.errors import DataError, issue
from treatynlp.pipeline.ask.lookup import find, look_up
from treatynlp.pipeline.runs.current import current
from treatynlp.pipeline.sandbox.serialisation import codings
from treatynlp.pipeline.steps.coding import coder
from treatynlp.pipeline.workspace.artefacts import load_artefact
from treatynlp.store import Workspace


def reasons(workspace: Workspace, ident: str, address: str, topic: str) -> tuple[Reason, ...]:
    """Why the machine gives a provision of an instrument (an id or a file) a topic, or does not.

    DataError when there is no such instrument, provision or topic.
    """
    treaty = look_up(workspace, ident).piece.treaty
    provision = find(treaty, address)
    try:
        return explain(coder()[0], treaty, provision.eid if provision else address, topic)
    except KeyError as error:
        raise DataError(issue("explanation-unknown", f"{ident} {address}", reason=error.args[0])) from None


def labels_in_doubt(workspace: Workspace) -> tuple[Doubt, ...]:
    """The labels of all instruments that runs have made, those most worth a human look first."""
    made = (one.coding for one in current(workspace).values() if one.coding)
    return review(load_artefact(workspace, codings(), coding) for coding in made)
