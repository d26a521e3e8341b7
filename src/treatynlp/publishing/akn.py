"""A split treaty as Akoma Ntoso 3.0, the OASIS standard for legislative documents.

Every provision keeps its address as `eId`, and everything outside `meta`, blanks included, is the treaty's text
character by character (characters that XML cannot hold, such as control characters, become U+FFFD).

    <article eId="art_2"><num>Article 2 –</num> <heading>Breach of an apparatus</heading>
    <content><p>Each Member shall …</p></content></article>

Annexes, and other instruments bound in the same document, are attachments with a structure of their own; footnotes
stand as authorial notes in a last attachment. References are `ref`, `rref` and `mref` elements, defined terms `def`.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import takewhile

from lxml import etree

from treatynlp.corpus import Instrument
from treatynlp.publishing.akn_marks import Files, Mark, marks
from treatynlp.publishing.akn_recitals import recitals
from treatynlp.publishing.frbr import NS, Work, add_to, meta, work
from treatynlp.structure.tree import Kind, Provision, Treaty
from treatynlp.text import Span

_HIERARCHY = frozenset(
    {"book", "part", "title", "chapter", "section", "article", "paragraph", "point", "indent", "alinea"}
)
_ATTACHED: frozenset[Kind] = frozenset({"annex", "note"})
_BLANK = " \t\n\r"
"""What XML ignores between elements; wider blanks are words to it."""
_SEPARATORS = _BLANK + "\u00a0\u2002\u2003\u2009.:;–—-"
_Put = Callable[[etree._Element, Provision], None]
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def akn(treaty: Treaty, instrument: Instrument | None = None, files: Files | None = None) -> bytes:
    """The treaty as an Akoma Ntoso document (UTF-8), with what the registry knows of the `instrument` in its metadata.

    `files` are the instruments that have a file beside this one, with the addresses in it: references to others are no
    links.

    Valid under the OASIS schema of version 3.0; the same treaty gives the same bytes.
    """
    root = etree.Element(f"{{{NS}}}akomaNtoso", nsmap={None: NS})
    _Writer(treaty, work(treaty.id, instrument), files).document(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"  # type: ignore[no-any-return]


class _Writer:
    """Writes provisions as elements, each with the words that are its own, in the order of the text."""

    def __init__(self, treaty: Treaty, work: Work, files: Files | None) -> None:
        # One sign for one sign: offsets of provisions count characters of the text, and must hold here too.
        self.words, self.work = _FORBIDDEN.sub("\ufffd", treaty.text.value), work
        self.provisions = treaty.provisions
        self.terms = {f"term_{n}": _FORBIDDEN.sub("\ufffd", one.term) for n, one in enumerate(treaty.definitions, 1)}
        self.marks = marks(treaty, files)

    # ---- documents -------------------------------------------------------------------------------------------

    def document(self, root: etree._Element) -> None:
        act = add_to(root, "act", name="treaty", contains="originalVersion")
        act.append(meta(self.work, self.terms))
        self.parts(act, self.provisions, Span(0, len(self.words)), "body")

    def attachment(self, parent: etree._Element, provision: Provision) -> None:
        """An annex (or a note) with its own title page, preamble, main part, final formula and attachments."""
        is_note = provision.kind == "note"
        outer = add_to(parent, "attachment") if is_note else add_to(parent, "attachment", eId=provision.eid)
        at = provision.span.start if is_note else self.head(outer, provision)
        doc = add_to(outer, "doc", name=provision.kind, contains="originalVersion")
        doc.append(meta(self.work, {}, provision.eid))
        if is_note:
            paragraph = add_to(add_to(doc, "mainBody"), "p")
            self.blocks(add_to(paragraph, "authorialNote", eId=provision.eid, placement="bottom"), provision.span)
        else:
            self.parts(doc, provision.children, Span(at, provision.span.end), "mainBody")

    def parts(self, parent: etree._Element, provisions: Sequence[Provision], span: Span, main: str) -> None:
        """The parts of a document in their places; what stands out of its usual order goes into the main part."""
        # The schema has a place and an order for each part; only what stands where it belongs is taken out of the body.
        fronts = list(takewhile(lambda one: one.kind == "front", provisions))
        rest = list(provisions[len(fronts) :])
        # One only: a second preamble is that of an instrument bound in the same booklet, and stays where it is.
        preambles = rest[:1] if rest and rest[0].kind == "preamble" else []
        rest = rest[len(preambles) :]
        behind = list(takewhile(lambda one: one.kind in _ATTACHED, reversed(rest)))[::-1]
        rest = rest[: len(rest) - len(behind)]
        # Behind the last article; signatures between two bound instruments are words of the body.
        closing = rest[-1:] if rest and rest[-1].kind == "signature" else []
        rest = rest[: len(rest) - len(closing)]
        at = self.front(parent, fronts, span.start, _next(provisions, len(fronts), span.end))
        at = self.each(parent, preambles, at, self.preamble)
        at = self.main(add_to(parent, main), rest, Span(at, _next([*closing, *behind], 0, span.end)))
        at = self.each(parent, closing, at, self.conclusions)
        if behind:
            at = self.each(add_to(parent, "attachments"), behind, at, self.attachment)
        self.between(parent, Span(at, span.end))

    def front(self, parent: etree._Element, fronts: Sequence[Provision], start: int, end: int) -> int:
        """The title pages: of two, the first is the cover (a resolution, a final act); words without address too."""
        # The standard has one cover page; what stands between it and the last title page goes into the preface.
        for front in fronts[:-1][:1]:
            self.between(parent, Span(start, front.span.start))
            self.block_words(add_to(parent, "coverPage", eId=front.eid), front, front.span.start)
            start = front.span.end
        left = fronts[1:] if len(fronts) > 1 else fronts
        if not left and not self.words[start:end].strip(_BLANK):
            return start
        preface = add_to(parent, "preface", eId=left[0].eid) if len(left) == 1 else add_to(parent, "preface")
        for front in left:
            self.own(preface, Span(start, front.span.start))
            holder = preface if len(left) == 1 else add_to(preface, "container", eId=front.eid, name="front")
            self.block_words(holder, front, front.span.start)
            start = front.span.end
        # Blanks at its end belong between the parts: inside the preface they would count as words of it.
        blank = end - len(self.words[start:end]) + len(self.words[start:end].rstrip(_BLANK))
        self.own(preface, Span(start, max(start, blank)))
        return max(start, blank)

    def preamble(self, parent: etree._Element, provision: Provision) -> None:
        element = add_to(parent, "preamble", eId=provision.eid)
        if provision.children and all(child.kind == "recital" for child in provision.children):
            holder = add_to(element, "recitals")
            self.hierarchy_words(holder, provision, self.head(holder, provision), self.recital)
        elif found := () if provision.children else recitals(self.words, provision.span):
            self.unnumbered(element, provision, found)
        else:
            self.block_words(element, provision, provision.span.start)

    def unnumbered(self, element: etree._Element, provision: Provision, found: Sequence[Span]) -> None:
        """A preamble's recitals each apart, between who speaks and what they agreed. They have no address of their own:
        the preamble is one provision."""
        self.formula(element, "opening", Span(provision.span.start, found[0].start))
        outer = add_to(element, "recitals")
        for span in found:
            self.blocks(add_to(outer, "recital"), span)
        self.formula(element, "enactingFormula", Span(found[-1].end, provision.span.end))

    def formula(self, element: etree._Element, name: str, span: Span) -> None:
        if self.words[span.start : span.end].strip(_BLANK):
            self.blocks(add_to(element, "formula", name=name), span)
        else:
            self.between(element, span)

    def recital(self, parent: etree._Element, provision: Provision) -> None:
        element = add_to(parent, "recital", eId=provision.eid)
        self.block_words(element, provision, self.head(element, provision))

    def conclusions(self, parent: etree._Element, provision: Provision) -> None:
        self.block_words(add_to(parent, "conclusions", eId=provision.eid), provision, provision.span.start)

    def main(self, element: etree._Element, provisions: Sequence[Provision], span: Span) -> int:
        at = span.start
        for provision in provisions:
            self.wrapped(element, Span(at, provision.span.start))
            self.hierarchical(element, provision)
            at = provision.span.end
        if not provisions:
            words = self.words[span.start : span.end]
            at = span.start + len(words.rstrip(_BLANK))
            self.wrapped(element, Span(span.start, at))
        # The schema wants something in a body, even of a text in which no provision was found.
        if not len(element):
            add_to(element, "hcontainer", name="none")
        return at

    # ---- provisions ------------------------------------------------------------------------------------------

    def hierarchical(self, parent: etree._Element, provision: Provision) -> None:
        known = provision.kind in _HIERARCHY
        name = {} if known else {"name": provision.kind}
        element = add_to(parent, provision.kind if known else "hcontainer", eId=provision.eid, **name)
        self.hierarchy_words(element, provision, self.head(element, provision), self.hierarchical)

    def hierarchy_words(self, element: etree._Element, provision: Provision, at: int, put: _Put) -> None:
        """A leaf has `content`; else the words before its children are its `intro`, those behind its `wrapUp`."""
        stop = _next(provision.children, 0, provision.span.end)
        if self.words[at:stop].strip(_BLANK):
            lead = len(self.words[at:stop]) - len(self.words[at:stop].lstrip(_BLANK))
            self.between(element, Span(at, at + lead))
            end = at + len(self.words[at:stop].rstrip(_BLANK))
            self.blocks(add_to(element, "intro" if provision.children else "content"), Span(at + lead, end))
            at = end
        for child in provision.children:
            if self.words[at : child.span.start].strip(_BLANK):  # no tree of ours has such words; none may be lost
                self.inline(add_to(element, "crossHeading"), Span(at, child.span.start))
            else:
                self.between(element, Span(at, child.span.start))
            put(element, child)
            at = child.span.end
        if self.words[at : provision.span.end].strip(_BLANK):
            self.blocks(add_to(element, "wrapUp"), Span(at, provision.span.end))

    def block_words(self, element: etree._Element, provision: Provision, at: int) -> None:
        """The words of a provision that stands outside the hierarchy, its children as containers of blocks."""
        for child in provision.children:
            self.own(element, Span(at, child.span.start))
            inner = add_to(element, "blockContainer", **{"eId": child.eid, "class": child.kind})
            self.block_words(inner, child, self.head(inner, child))
            at = child.span.end
        self.own(element, Span(at, provision.span.end))
        if not len(element.findall(f"{{{NS}}}p")) and not provision.children:
            add_to(element, "p")

    def head(self, element: etree._Element, provision: Provision) -> int:
        """Number and heading as printed, with the points and dashes behind them; the offset behind."""
        body = provision.body
        span = Span(provision.span.start, _next(provision.children, 0, provision.span.end))
        number = self.reached(span, provision.number)
        if body.start > span.start:
            stop = min(body.start, span.end)
            number = min(number, stop)
        else:
            stop = self.reached(Span(number, span.end), provision.heading)
        at = self.titled(element, "num", Span(span.start, number))
        return self.titled(element, "heading", Span(at, stop))

    def titled(self, parent: etree._Element, tag: str, span: Span) -> int:
        words = self.words[span.start : span.end]
        if not words.strip(_BLANK):
            return span.start
        first, last = span.start + len(words) - len(words.lstrip(_BLANK)), span.start + len(words.rstrip(_BLANK))
        self.between(parent, Span(span.start, first))
        self.inline(add_to(parent, tag), Span(first, last))
        return last

    def reached(self, span: Span, said: str) -> int:
        """Where the words `said` end, with the separators behind them, if the span begins with them; else its start."""
        letters = [char for char in said if char not in _SEPARATORS]
        at = span.start
        for letter in letters:
            # The number as we know it ("2 bis") and as it is printed ("2.bis –") differ in blanks, points and dashes
            # only.
            while at < span.end and self.words[at] in _SEPARATORS:
                at += 1
            if at >= span.end or self.words[at] != letter:
                return span.start
            at += 1
        behind = self.words[at : span.end]
        return at + len(behind) - len(behind.lstrip(_SEPARATORS)) if letters else self.sign(span, said)

    def sign(self, span: Span, said: str) -> int:
        """Where a number ends that is only a dash or a point."""
        return span.start + len(said) if said and self.words.startswith(said, span.start) else span.start

    # ---- words -----------------------------------------------------------------------------------------------

    def each(self, parent: etree._Element, provisions: Sequence[Provision], at: int, put: _Put) -> int:
        for provision in provisions:
            self.between(parent, Span(at, provision.span.start))
            put(parent, provision)
            at = provision.span.end
        return at

    def own(self, parent: etree._Element, span: Span) -> None:
        self.blocks(parent, span) if self.words[span.start : span.end].strip(_BLANK) else self.between(parent, span)

    def wrapped(self, parent: etree._Element, span: Span) -> None:
        """Words that no provision owns, in a body that holds provisions only."""
        if self.words[span.start : span.end].strip(_BLANK):
            self.blocks(add_to(add_to(parent, "hcontainer", name="text"), "content"), span)
        else:
            self.between(parent, span)

    def blocks(self, parent: etree._Element, span: Span) -> None:
        """One `p` for each line of the text; the line ends stand between them."""
        for line in re.finditer(r"[^\n]*[^ \t\n\r][^\n]*|[ \t\n\r]+", self.words[span.start : span.end]):
            place = Span(span.start + line.start(), span.start + line.end())
            self.between(parent, place) if not line[0].strip(_BLANK) else self.inline(add_to(parent, "p"), place)

    def between(self, parent: etree._Element, span: Span) -> None:
        """Characters between elements: blanks and line ends."""
        words = self.words[span.start : span.end]
        if words and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + words
        elif words:
            parent.text = (parent.text or "") + words

    def inline(self, element: etree._Element, span: Span) -> None:
        first = bisect_left(self.marks, span.start, key=lambda mark: mark.start)
        self.marked(element, span, self.marks[first:])

    def marked(self, element: etree._Element, span: Span, found: Sequence[Mark]) -> None:
        """Words with the marks that lie wholly in them."""
        at = span.start
        for mark in found:
            if mark.start >= span.end:
                break
            if mark.end <= span.end:
                self.between(element, Span(at, mark.start))
                self.marked(add_to(element, mark.tag, **dict(mark.attributes)), Span(mark.start, mark.end), mark.inner)
                at = mark.end
        self.between(element, Span(at, span.end))


def _next(provisions: Sequence[Provision], at: int, end: int) -> int:
    return provisions[at].span.start if at < len(provisions) else end
