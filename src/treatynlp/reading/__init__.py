"""Reading: bytes → lines with geometry → a Document.

>>> from treatynlp.reading import read
>>> read(b"", "atlantis.pdf")
Traceback (most recent call last):
treatynlp.errors.DataError: error [source-empty] atlantis.pdf: The file has no bytes; fetch or copy it again.
"""

import hashlib

from treatynlp.reading.document import Document
from treatynlp.reading.furniture import sort_out
from treatynlp.reading.layout import ordered
from treatynlp.reading.pdf import pages

__all__ = ["Document", "read"]


def read(data: bytes, name: str) -> Document:
    """The document in these bytes: its lines in reading order, and what is not its text set apart.

    `name` is how people know the file (it stands in the issues). Raises DataError when it cannot be read at all.
    """
    every = list(pages(data, name))
    found = sort_out(ordered(every), [page.height for page in every])
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        pages=len(every),
        lines=found.body,
        furniture=found.furniture,
        contents=found.contents,
        notes=found.notes,
    )
