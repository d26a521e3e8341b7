"""Rules: which patterns of the lexicon stand in a passage, where, and in which circumstances."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from treatynlp.coding.lexicon import Context, Index, Lexicon, Pattern
from treatynlp.coding.passages import Passage, title_of
from treatynlp.coding.phrases import Phrase, lower, sentence_around
from treatynlp.structure.tree import Treaty
from treatynlp.text import Span

_WORDS = re.compile(r"\w+")
OPENING = 250
"""Characters of a body that count as its opening."""


OF_WHOLES = ("title", "chapter")
"""Places of a hit that say what the instrument, or a chapter of it, is about as a whole."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found: in the passage's own `heading`, in one `above` it or `inside` it, or in its `body`; or one of
    what a whole is about, in the instrument's `title` or in the heading of the `chapter`.

    `span` are the words, in the treaty's text; None in a heading. `phrase` is the wording that was found.
    """

    pattern: Pattern
    place: str
    phrase: str
    span: Span | None = None


@dataclass(frozen=True)
class Surroundings:
    """What circumstances are asked about: a passage, and the `subjects` of its treaty."""

    passage: Passage
    lexicon: Lexicon
    subjects: frozenset[str]
    # Many patterns ask for the same circumstance; only one that looks at the hit's own sentence depends on the hit.
    _known: dict[tuple[str, int], bool] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, str]:
        passage = self.passage
        above = " / ".join(passage.above)
        top = f"{passage.opening} / {above}"
        article = f"{top} / {passage.body}"
        opening = passage.body[:OPENING]
        return {"heading": passage.opening, "opening": opening, "above": above, "top": top, "article": article}

    def allow(self, hit: Hit) -> bool:
        """Whether all is given that the hit's pattern asks for, and nothing that silences it."""
        entry = hit.pattern.entry
        return all(self.given(name, hit) for name in entry.when) and not any(
            self.given(name, hit) for name in entry.unless
        )

    def given(self, name: str, hit: Hit) -> bool:
        """Whether a circumstance is given for a hit."""
        context = self.lexicon.context(name)
        key = (name, hit.span.start if hit.span and context.rule.place == "sentence" else -1)
        if key not in self._known:
            self._known[key] = self._given(context, hit)
        return self._known[key]

    def _given(self, context: Context, hit: Hit) -> bool:
        if context.rule.place in ("treaty", "title"):
            found = context.name in self.subjects
        else:
            text = self._sentence(hit) if context.rule.place == "sentence" else self.texts[context.rule.place]
            found = _enough(context, text)
        found = found or any(self.given(other, hit) for other in context.rule.also)
        return found and not any(self.given(other, hit) for other in context.rule.but_not)

    def _sentence(self, hit: Hit) -> str:
        if hit.span is None:
            return self.passage.opening
        start = self.passage.start
        around = sentence_around(self.passage.body, Span(hit.span.start - start, hit.span.end - start))
        return self.passage.body[around.start : around.end]


def _enough(context: Context, text: str) -> bool:
    # Most circumstances need one occurrence: the first ends the search, and a long article is not counted through.
    if context.rule.at_least == 1:
        return any(phrase.search(text) for phrase in context.phrases)
    return _count(context, text) >= context.rule.at_least


def _count(context: Context, text: str) -> int:
    return sum(phrase.count(text) for phrase in context.phrases)


def subjects(treaty: Treaty, lexicon: Lexicon) -> frozenset[str]:
    """The circumstances that the treaty as a whole gives: words of its title, words that are frequent in it."""
    text, title = lower(treaty.text.value), title_of(treaty)
    # Per thousand words, not in all: a long convention on anything mentions data or vessels now and then.
    thousands = max(len(_WORDS.findall(text)), 1) / 1000
    found = set()
    for context in lexicon.contexts:
        if context.rule.place == "title" and _enough(context, title):
            found.add(context.name)
        if context.rule.place == "treaty" and _count(context, text) >= thousands * (context.rule.per_thousand or 1):
            found.add(context.name)
    return frozenset(found)


def hits(passage: Passage, lexicon: Lexicon, given: frozenset[str]) -> tuple[Hit, ...]:
    """All patterns found in a passage whose circumstances are met; `given` are the treaty's subjects."""
    around = Surroundings(passage, lexicon, given)
    return tuple(hit for hit in _found(passage, lexicon) if around.allow(hit))


def heading_hits(passage: Passage, lexicon: Lexicon, given: frozenset[str]) -> tuple[Hit, ...]:
    """Those of `hits` that are in the passage's own heading; the words below it are not searched for others."""
    around = Surroundings(passage, lexicon, given)
    return tuple(hit for hit in _in_heading(passage, lexicon) if around.allow(hit))


def _in_heading(passage: Passage, lexicon: Lexicon) -> Iterator[Hit]:
    for pattern, phrase, _ in _matches(lexicon.index["heading"], passage.heading):
        yield Hit(pattern, "heading", phrase.source)


def _found(passage: Passage, lexicon: Lexicon) -> Iterator[Hit]:
    headings, titles = lexicon.index["heading"], lexicon.index["title"]
    yield from _in_heading(passage, lexicon)
    # A chapter's heading is no heading of the article: what it says weighs less, and is learnt apart (`trust_above`).
    for above in passage.above:
        for pattern, phrase, _ in _matches(headings, above):
            yield Hit(pattern, "above", phrase.source)
        for pattern, phrase, _ in _matches(titles, above):
            yield Hit(pattern, "chapter", phrase.source)
    for pattern, phrase, _ in _matches(titles, passage.title):
        yield Hit(pattern, "title", phrase.source)
    for inner in passage.provision.walk():
        if inner.heading and inner is not passage.provision:
            for pattern, phrase, _ in _matches(headings, lower(inner.heading)):
                yield Hit(pattern, "inside", phrase.source, inner.span)
    for pattern, phrase, span in _matches(lexicon.index["body"], passage.body):
        yield Hit(pattern, "body", phrase.source, Span(span.start + passage.start, span.end + passage.start))


def _matches(index: Index, text: str) -> Iterator[tuple[Pattern, Phrase, Span]]:
    for pattern, phrase in index.candidates(text).values():
        for span in phrase.find(text):
            yield pattern, phrase, span
