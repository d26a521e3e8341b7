"""Words as they stand on a sheet that is printed: on one line, cut where they are long, lists as one says them."""

import re
from collections.abc import Iterable
from textwrap import shorten

from treatynlp.publishing.table import CONTROL
from treatynlp.text import TURNING

_TURNING = re.compile(f"[{TURNING}]")


LONGEST, MOST = 60, 12
"""Letters of a word or title on a sheet, and names in a row; of more it is said that there are others."""


def sheet_text(words: object, longest: int = LONGEST) -> str:
    """Words as they can stand on a sheet: in one line, no control characters, shortened where they are long."""
    clean = _TURNING.sub("", CONTROL.sub("", str(words)))
    return shorten(clean, longest, placeholder=" …") or clean[:longest].strip()


def spoken(words: Iterable[str], most: int = MOST) -> str:
    """A list as one says it, cut where it becomes a litany."""
    said = list(words)
    return ", ".join(said[:most]) + (f" and {len(said) - most} more" if len(said) > most else "")
