"""The coding of provisions as a spaCy pipeline that people can use, take apart and extend.

Each component stands by itself: sentences that legal lists do not break, lemmas by look-up, a SpanRuler for citations
and actors, topics by the lexicon, modality, attributes. What they find is in `doc.spans` (keys `provisions`, `topics`,
`modality`, `attributes`) and in extensions. A text's heading and introductory words are given as extensions beforehand:

>>> import treatynlp
>>> language = treatynlp.nlp()
>>> doc = language.make_doc("refuse the request within thirty days;")
>>> doc._.heading, doc._.before = "Refusal of assistance", "The requested Party shall:"
>>> doc = language(doc)
>>> doc._.modality, [(span.label_, span._.value, span._.unit) for span in doc.spans["attributes"]]
('obligation', [('response_deadline', '30', 'day')])
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

import spacy
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as DocSpan

from treatynlp.coding.attribute_lexicon import AttributeLexicon, load_attribute_lexicon
from treatynlp.coding.attributes import read_statement
from treatynlp.coding.labels import Attribute, Modality
from treatynlp.coding.lexicon import Lexicon, load_lexicon
from treatynlp.coding.modality import read_modality
from treatynlp.coding.modality_lexicon import ModalityLexicon, load_modality_lexicon
from treatynlp.coding.passages import passages
from treatynlp.coding.rules import hits, subjects
from treatynlp.coding.sentences import Statement, sentences, statement
from treatynlp.coding.span_lexicon import token_patterns
from treatynlp.home import home
from treatynlp.structure.tree import Provision, Treaty
from treatynlp.text import Span, Text

Read = TypeVar("Read")

_RULER = {"spans_key": "provisions", "spans_filter": {"@misc": "spacy.first_longest_spans_filter.v1"}}
_DOC = {"heading": "", "before": "", "modality": "", "hedges": (), "attributes": ()}
_SPAN = {"value": "", "unit": "", "case": "", "pattern": "", "weight": ""}


def nlp() -> Language:
    """A spaCy pipeline that reads provisions of treaties in English, ready to use and to save with `to_disk`.

    `spacy.load` finds it again wherever treatynlp is installed; the patterns are saved with it.
    """
    language = spacy.blank("en")
    language.add_pipe("treatynlp_sentences")
    language.add_pipe("lemmatizer", config={"mode": "lookup"})
    ruler = language.add_pipe("span_ruler", name="treatynlp_provisions", config=_RULER)
    assert isinstance(ruler, SpanRuler)
    for name in ("treatynlp_topics", "treatynlp_modality", "treatynlp_attributes"):
        language.add_pipe(name)
    language.initialize()
    ruler.add_patterns(token_patterns())
    return language


def extend() -> None:
    """Make the extensions known to spaCy; those that are stay as they are."""
    for owner, known in ((Doc, _DOC), (DocSpan, _SPAN)):
        for name, default in known.items():
            if not owner.has_extension(name):
                owner.set_extension(name, default=default)


class Patterned(Generic[Read]):
    """A component that works by files of a lexicon folder, which are saved with it.

    `read` makes the files into patterns; `apply` puts what the patterns find into a Doc.
    """

    def __init__(self, globs: tuple[str, ...], read: Callable[[Path], Read], apply: Callable[[Doc, Read], Doc]) -> None:
        self.globs, self.read, self.apply = globs, read, apply
        self.files: dict[str, str] = {}
        self.patterns: Read | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self.patterns is None:
            self.take(home() / "corpus" / "lexicon")
        assert self.patterns is not None
        return self.apply(doc, self.patterns)

    def take(self, folder: Path) -> None:
        """Use the patterns of a folder. DataError names the faults of its files."""
        self.patterns = self.read(folder)
        self.files = {path.name: path.read_text("utf-8") for glob in self.globs for path in sorted(folder.glob(glob))}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The files, as spaCy wants them."""
        if self.patterns is None:
            self.take(home() / "corpus" / "lexicon")
        return json.dumps(self.files).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Patterned[Read]":
        """The component with the files that `to_bytes` gave."""
        with TemporaryDirectory() as folder:
            for name, content in json.loads(data).items():
                (Path(folder) / Path(name).name).write_text(content, "utf-8")
            self.take(Path(folder))
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the files into a folder."""
        self.to_bytes()
        Path(path).mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (Path(path) / name).write_text(content, "utf-8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "Patterned[Read]":
        """The component with the files of a folder."""
        self.take(Path(path))
        return self


@Language.component("treatynlp_sentences", assigns=["token.is_sent_start", "doc.sents"])
def mark_sentences(doc: Doc) -> Doc:
    """Sentences as lawyers count them: lists, abbreviations and numbers do not break them."""
    starts = {span.start for span in sentences(doc.text, doc.lang_)}
    begun = False
    for token in doc:
        first = begun or any(place in starts for place in range(token.idx, token.idx + len(token)))
        # spaCy makes a blank of its own token: a sentence begins at the word behind it, or the sentence before would be
        # blank.
        token.is_sent_start = (first and not token.is_space) or token.i == 0
        begun = first and token.is_space
    return doc


@Language.factory("treatynlp_topics", assigns=["doc.spans"])
def topics(nlp: Language, name: str) -> Patterned[Lexicon]:
    """Wordings of topics: `doc.spans["topics"]`, each with its pattern and weight."""
    return Patterned(("topics*.yml", "contexts.yml", "terms.yml"), load_lexicon, _with_topics)


@Language.factory("treatynlp_modality", assigns=["doc.spans", "doc._.modality", "doc._.hedges"])
def modality(nlp: Language, name: str) -> Patterned[ModalityLexicon]:
    """The main verb of every sentence: `doc.spans["modality"]`; `doc._.modality` and `doc._.hedges` of the first."""
    return Patterned(("modality.yml",), load_modality_lexicon, _with_modality)


@Language.factory("treatynlp_attributes", assigns=["doc.spans", "doc._.attributes"])
def attributes(nlp: Language, name: str) -> Patterned[AttributeLexicon]:
    """Parameters: `doc.spans["attributes"]` with value, unit and case, and the rows in `doc._.attributes`."""
    return Patterned(("attributes*.yml",), load_attribute_lexicon, _with_attributes)


def _statement(doc: Doc) -> Statement:
    return statement(doc.text, doc._.before, doc._.heading)


def _with_modality(doc: Doc, lexicon: ModalityLexicon) -> Doc:
    whole = _statement(doc)
    first = read_modality(whole, lexicon)
    if first:
        doc._.modality, doc._.hedges = first.strength, first.hedges
    # Introductory words belong to the first sentence: the others are read as if they stood alone.
    others = (read_modality(replace(whole, sentences=(one,), openings=()), lexicon) for one in whole.sentences[1:])
    doc.spans["modality"] = SpanGroup(doc, spans=list(_verbs(doc, [row for row in (first, *others) if row])))
    return doc


def _with_attributes(doc: Doc, lexicon: AttributeLexicon) -> Doc:
    rows = read_statement(_statement(doc), lexicon)
    doc._.attributes = rows
    doc.spans["attributes"] = SpanGroup(doc, spans=_spans(doc, rows))
    return doc


def _verbs(doc: Doc, rows: Iterable[Modality]) -> Iterator[DocSpan]:
    """The verbs that bind as spans, labelled with their strength; their case are the hedges."""
    for row in rows:
        span = _span(doc, row.evidence, row.strength, row.strength)
        if span is not None:
            span._.value, span._.unit, span._.case = row.strength, "", ";".join(row.hedges)
            yield span


def _spans(doc: Doc, rows: Iterable[Attribute]) -> list[DocSpan]:
    """The words of attributes as spans; the value is the span's id, so that two values of one phrase stay apart."""
    found = []
    for row in rows:
        span = _span(doc, row.evidence, row.attribute, row.value)
        if span is not None:
            span._.value, span._.unit, span._.case = row.value, row.unit, row.case
            found.append(span)
    return found


def _span(doc: Doc, words: Span, label: str, id: str) -> DocSpan | None:
    """The words as a span of the Doc. What rests on introductory words has none: they are no part of the Doc."""
    if words.start < 0:
        return None
    span: DocSpan | None = doc.char_span(words.start, words.end, label=label, span_id=id, alignment_mode="expand")
    return span


def _with_topics(doc: Doc, lexicon: Lexicon) -> Doc:
    whole = Span(0, len(doc.text))
    provision = Provision(
        eid="art_1", kind="article", label="1", number="", heading=doc._.heading, span=whole, body=whole, page=1
    )
    treaty = Treaty("", Text(doc.text), (provision,))
    given, found = subjects(treaty, lexicon), []
    for hit in (hit for passage in passages(treaty) for hit in hits(passage, lexicon, given) if hit.span):
        assert hit.span is not None
        place, pattern = (hit.span.start, hit.span.end), hit.pattern
        span = doc.char_span(*place, label=pattern.topic, span_id=pattern.id, alignment_mode="expand")
        if span is not None:
            span._.pattern, span._.weight = pattern.id, pattern.entry.weight
            found.append(span)
    doc.spans["topics"] = SpanGroup(doc, spans=found)
    return doc


extend()
