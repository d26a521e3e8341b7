"""What every command needs: the three streams, answers to stdout, and the exit status. Loaded before anything else."""

import json
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NoReturn

import click

from treatynlp.errors import Issue, failed
from treatynlp.text import TURNING

_UNSAID = "treatynlp.unsaid"

# Line ends and tabs stay; all else that a terminal would act on goes, with what turns the direction of words.
_UNSHOWN = re.compile(f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f{TURNING}]")

# Two is what click itself ends with on wrong usage; the other two are the shell's own convention.
FINE, FAULTY, MISUSED = 0, 1, 2
EXITS = {
    FINE: "all is well",
    FAULTY: "something is wrong with the data, or the answer could not be written; each fault is told on stderr, one "
    "row each; what could be done was done",
    MISUSED: "the command was typed wrongly (an unknown option, a missing word); nothing was done",
}
"""What a command's exit status says. Warnings do not change it."""


def terminal_text(text: str) -> str:
    """Words as a terminal may show them: what a document or a server says must not move the cursor, colour what
    follows, turn its direction or set the window's title.

    >>> terminal_text("Article 1\\x1b[2J\u202e5")
    'Article 1�[2J�5'
    """
    return _UNSHOWN.sub("\ufffd", text)


def terminal_json(answer: Any, indent: int | None = 2) -> str:
    """The answer as JSON; characters a terminal would act on are written as escapes, so that nothing is lost."""
    return _UNSHOWN.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(answer, ensure_ascii=False, indent=indent))


def say(text: str) -> None:
    """A line of the answer. What a PDF holds that is no character is shown as a question mark.

    An answer that nobody can take stops no work: whoever closed the pipe has read enough (`| head`); that it could not
    be written otherwise (a full disk) is told at the end (see `unwritten_answer`).
    """
    try:
        # Bytes, not words: a terminal that is not set to UTF-8 would end the command at the first accent.
        click.echo(terminal_text(text).encode("utf-8", "replace"))
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            click.get_current_context().meta[_UNSAID] = error.strerror
        if (out := sys.__stdout__) is not None and sys.stdout is out:
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # else the last flush fails once more


def unwritten_answer(context: click.Context) -> str:
    """Why a part of the answer could not be written; "" where all of it was."""
    return str(context.meta.get(_UNSAID, ""))


class Deaf:
    """A stream on which nothing goes wrong: what cannot be written is lost, and the work goes on."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_streams() -> None:
    """See that the three streams are there: the number of one that was closed would go to the next file that is opened,
    and words for a terminal would be written into it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    # What cannot be told must not stop the work it tells of: stderr may be a full disk, too.
    sys.stderr = Deaf(sys.stderr)


def leave(issues: Iterable[Issue]) -> NoReturn:
    """End the command: status 1 when any of the rows is an error."""
    sys.exit(FAULTY if failed(issues) else FINE)
