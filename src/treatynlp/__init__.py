"""Comparative treaty text analysis: official PDFs in, harmonisation matrices out.

>>> import treatynlp
>>> language = treatynlp.nlp()               # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treatynlp.coding.nlp import nlp

__all__ = ["nlp"]

_HOMES = {"nlp": "treatynlp.coding.nlp"}


def __getattr__(name: str) -> Any:
    """The names above, imported when they are first wanted: spaCy is heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
