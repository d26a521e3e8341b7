"""Reading: a document's bytes, for the first time and for the second."""

from treatynlp.reading import read

__all__ = ["read"]
