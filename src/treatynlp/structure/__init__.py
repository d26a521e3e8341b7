"""Structure: a Document's rows → the tree of an instrument's provisions."""

from dataclasses import replace

from treatynlp.reading.document import Document
from treatynlp.structure.assembly import Assembler, planned
from treatynlp.structure.audit import audit_split
from treatynlp.structure.bodies import Part
from treatynlp.structure.dehyphenation import flow
from treatynlp.structure.joined import with_numbers
from treatynlp.structure.outline import outline
from treatynlp.structure.tree import Definition, Provision, Reference, Treaty

__all__ = ["Definition", "Provision", "Reference", "Treaty", "split"]


def split(document: Document, id: str, within: str = "") -> Treaty:
    """The instrument in a document, as a tree of provisions that tile its text.

    `id` becomes the treaty's; `within` are words of its title where several instruments are bound together.
    Footnotes stand behind the text, as provisions of kind `note`. The treaty's issues are the document's, and what the
    split found when it audited itself: codes marked `incomplete` say that provisions may be missing.
    """
    document = replace(document, rows=with_numbers(document.rows, document.language))
    rows, notes, language = document.rows, document.notes, document.language
    parts = outline(rows, language, within)
    if notes:
        parts = [*parts, Part("note", len(rows), len(rows), len(rows) + len(notes))]
        rows = (*rows, *notes)
    plans = [planned(rows, part, language) for part in parts]
    begins = {row for plan in plans for row in plan.begins()}
    text, offsets = flow(rows, begins, language)
    assembler = Assembler(text, offsets, rows)
    provisions = tuple(assembler.provision(plan) for plan in plans)
    treaty = Treaty(id, text, provisions, language=language)
    return replace(treaty, issues=(*document.issues, *audit_split(document, treaty)))
