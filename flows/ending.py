"""How a flow ends: one of three states with one sentence, rows in the log, and tables to look at."""

import logging
from typing import Any

from prefect import State, get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.states import Completed, Failed

from treatynlp.pipeline import Outcome
from treatynlp.pipeline.runs.dashboard import Dashboard

_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}


def concluded(outcome: Outcome) -> State[Any]:
    """The run's end as Prefect shows it: Completed, Degraded (completed, with something wrong) or Failed."""
    logger = get_run_logger()
    for row in (*outcome.notices, *outcome.issues):
        logger.log(_LEVELS[row.level], str(row))
    told = f"{outcome.reason} Release: {outcome.release}" if outcome.release else outcome.reason
    if outcome.status == "failed":
        return Failed(message=told)
    return Completed(name="Completed" if outcome.status == "complete" else "Degraded", message=told)


def display(tables: Dashboard) -> None:
    """The matrix, the changes and the issues as artifacts of the run.

    They are for looking at: where the server does not take them, the release stands all the same, and the log says so.
    """
    try:
        create_table_artifact(list(tables.matrix), "matrix", "Who regulates what, and where: the core families.")
        create_table_artifact(list(tables.changes), "changes", "Cells that changed since the release before, and why.")
        create_markdown_artifact(tables.issues, "issues", "What must be known of the data.")
    except Exception as error:
        get_run_logger().warning("The tables are not shown (%s: %s); open the release.", type(error).__name__, error)
