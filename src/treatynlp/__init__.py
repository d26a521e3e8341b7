"""Comparative treaty text analysis: official PDFs in, harmonisation matrices out.

>>> import treatynlp
>>> language = treatynlp.nlp()               # doctest: +SKIP
>>> cells = treatynlp.release()["cells"]     # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treatynlp.coding.nlp import nlp
    from treatynlp.pipeline.ask.opening import measured, release

__all__ = ["measured", "nlp", "release"]

_HOMES = {
    "measured": "treatynlp.pipeline.ask.opening",
    "nlp": "treatynlp.coding.nlp",
    "release": "treatynlp.pipeline.ask.opening",
}


def __getattr__(name: str) -> Any:
    """The names above, imported when they are first wanted: spaCy and pandas are heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
