"""Coding: provisions → topics, with the words each label rests on.

>>> from treatynlp.coding import load_coder
>>> coder = load_coder()                     # doctest: +SKIP
>>> coder.code(treaty).labels                # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treatynlp.coding.artefact import load_coder
    from treatynlp.coding.classifier import Coder

__all__ = ["Coder", "load_coder"]

_HOMES = {"Coder": "treatynlp.coding.classifier", "load_coder": "treatynlp.coding.artefact"}


def __getattr__(name: str) -> Any:
    """The names above, imported when they are first wanted: scikit-learn is heavy, and labels are light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
