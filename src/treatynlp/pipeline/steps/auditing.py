"""Auditing: a document's bytes read a second time, by another library."""

from treatynlp.reading.audit import audit

__all__ = ["audit"]
