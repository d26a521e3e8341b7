"""Rules: which patterns of the lexicon stand in a passage, where, and in which circumstances."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from treatynlp.coding.lexicon import Context, Index, Lexicon, Pattern
from treatynlp.coding.passages import Passage
from treatynlp.coding.phrases import Phrase, lower
from treatynlp.structure.tree import Treaty
from treatynlp.text import Span

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found: in the passage's own `heading`, in one `above` it or `inside` it, or in its `body`.

    `span` are the words, in the treaty's text; None in a heading. `phrase` is the wording that was found.
    """

    pattern: Pattern
    place: str
    phrase: str
    span: Span | None = None


@dataclass(frozen=True)
class Surroundings:
    """What circumstances are asked about: the passage, the sentence of a hit, the treaty's subjects."""

    passage: Passage
    subjects: frozenset[str]

    @cached_property
    def texts(self) -> dict[str, str]:
        passage = self.passage
        above = " / ".join(passage.above)
        top = f"{passage.opening} / {above}"
        article = f"{top} / {passage.body}"
        return {"heading": passage.opening, "above": above, "top": top, "article": article}

    def hold(self, context: Context, at: Span | None) -> bool:
        """Whether the circumstance is given, for words at `at` of the body."""
        if context.rule.place == "treaty":
            return context.name in self.subjects
        text = self._sentence(at) if context.rule.place == "sentence" else self.texts[context.rule.place]
        return any(phrase.search(text) for phrase in context.phrases)

    def _sentence(self, at: Span | None) -> str:
        if at is None:
            return self.passage.opening
        body = self.passage.body
        begin = max(body.rfind(sign, 0, at.start) for sign in (".", ";"))
        end = min((found for sign in (".", ";") if (found := body.find(sign, at.end)) >= 0), default=len(body))
        return body[begin + 1 : end]


def subjects(treaty: Treaty, lexicon: Lexicon) -> frozenset[str]:
    """The circumstances that the treaty as a whole gives: those whose words are frequent in it."""
    text = lower(treaty.text.value)
    words = max(len(_WORDS.findall(text)), 1) / 1000
    wanted = [context for context in lexicon.contexts if context.rule.place == "treaty"]
    return frozenset(c.name for c in wanted if _count(c, text) >= words * (c.rule.per_thousand or 1))


def _count(context: Context, text: str) -> int:
    return sum(phrase.count(text) for phrase in context.phrases)


def hits(passage: Passage, lexicon: Lexicon, given: frozenset[str]) -> tuple[Hit, ...]:
    """All patterns found in a passage whose circumstances are met; `given` are the treaty's subjects."""
    around = Surroundings(passage, given)
    found = _found(passage, lexicon)
    known: dict[tuple[str, Span | None], bool] = {}

    def met(hit: Hit) -> bool:
        at = None if hit.span is None else Span(hit.span.start - passage.start, hit.span.end - passage.start)
        entry = hit.pattern.entry
        return all(_holds(name, at) for name in entry.when) and not any(_holds(name, at) for name in entry.unless)

    def _holds(name: str, at: Span | None) -> bool:
        context = lexicon.context(name)
        key = (name, at if context.rule.place == "sentence" else None)
        if key not in known:
            known[key] = around.hold(context, at)
        return known[key]

    return tuple(hit for hit in found if met(hit))


def _found(passage: Passage, lexicon: Lexicon) -> Iterator[Hit]:
    headings = lexicon.index["heading"]
    for pattern, phrase, _ in _matches(headings, passage.heading):
        yield Hit(pattern, "heading", phrase.source)
    for above in passage.above:
        for pattern, phrase, _ in _matches(headings, above):
            yield Hit(pattern, "above", phrase.source)
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
