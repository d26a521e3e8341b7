"""The language lexicon patterns are written in: phrases a lawyer can read, made into regular expressions.

==================  =====================================================================
`illegal access`    these words, whatever blanks, commas, quotes or hyphens stand between
`damag*`            any word that begins so; `*` alone is any one word
`(search|seizure)`  one of these; `(search|seiz)*` one of these beginnings
`[own] nationals`   with or without what is bracketed
`submit ... case`   with up to 90 characters of the same sentence between
`^languages$`       at the very beginning, at the very end
`enter* & system`   all of these in one sentence, in whatever order
`{system}`          one of the words of that family (corpus/lexicon/terms.yml)
==================  =====================================================================

>>> phrase = compile_phrase("extradition of [its|own] (national|citizen)*")
>>> phrase.search("no duty of extradition of its nationals")
Span(start=11, end=39)
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from treatynlp.text import Span

BETWEEN = r"[\s,:\-–—/\"“”„‘’'()]+"
GAP = r"(?!\w)[^.;]{0,90}?(?<!\w)"
_TOKENS = re.compile(r"\.\.\.|[()\[\]|^$]|[^\s()\[\]|^$,]+")
_FAMILY = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[\w*/-]+")


class PhraseError(ValueError):
    """A phrase that is not well formed; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a phrase: `word`, `gap`, `start`, `end`, or a choice (`one` of, or `maybe` one of) of sequences."""

    kind: str
    value: str = ""
    choices: tuple[tuple["Node", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to be looked for: `anchors` are letters of which at least one must be in any text it matches."""

    source: str
    expression: str
    anchors: tuple[str, ...]
    beside: tuple["Phrase", ...] = ()

    def search(self, text: str) -> Span | None:
        """The first place the phrase stands in lower-cased text."""
        return next(self.find(text), None) if self.may_stand_in(text) else None

    def may_stand_in(self, text: str) -> bool:
        """Whether the letters are there without which the phrase cannot be."""
        return any(anchor in text for anchor in self.anchors) and all(one.may_stand_in(text) for one in self.beside)

    def find(self, text: str) -> Iterator[Span]:
        """All places the phrase stands in lower-cased text (of phrases side by side: in each sentence once)."""
        done = -1
        for span in _whole_words(_compiled(self.expression), text, 0, len(text)):
            if not self.beside:
                yield span
            elif span.start >= done:
                around = sentence_around(text, span)
                spans = [_within(one, text, around) for one in self.beside]
                if whole := [span, *(one for one in spans if one)] if all(spans) else []:
                    done = around.end
                    yield Span(min(one.start for one in whole), max(one.end for one in whole))

    def count(self, text: str) -> int:
        """In how many places the phrase stands in lower-cased text."""
        return sum(1 for _ in self.find(text))


REACH = 320
"""Characters before and after a word in which the rest of its sentence is looked for."""


def sentence_around(text: str, span: Span) -> Span:
    """The sentence around some words, as far as REACH: it ends at a full stop and a blank."""
    low, high = max(0, span.start - REACH), min(len(text), span.end + REACH)
    begin = max(text.rfind(". ", low, span.start), text.rfind(".\n", low, span.start))
    ends = [found for stop in (". ", ".\n") if (found := text.find(stop, span.end, high)) >= 0]
    return Span(begin + 1 if begin >= 0 else low, min(ends, default=high))


def _within(phrase: "Phrase", text: str, around: Span) -> Span | None:
    return next(_whole_words(_compiled(phrase.expression), text, around.start, around.end), None)


def _whole_words(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """The places of a pattern that begin where a word begins. Asked for in the pattern itself, that would keep the
    engine from leaping to the pattern's first letters, and cost half of all the time."""
    at = start
    while found := pattern.search(text, at, end):
        begin = found.start()
        at = max(found.end(), begin + 1)
        if begin and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
            at = begin + 1
        else:
            yield Span(begin, found.end())


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """The expression, compiled when it is first wanted: most phrases of the lexicon never are."""
    return re.compile(expression)


def lower(text: str) -> str:
    """The text in lower case with every character in its place (a few capitals are longer in lower case).

    >>> lower("ARTICLE İ")
    'article i'
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def compile_phrase(source: str, terms: Mapping[str, Sequence[str]] | None = None) -> Phrase:
    """The phrase as a pattern for lower-cased text; `terms` are the families of words it may name.

    PhraseError when it is ill formed, names an unknown family, or has no word of its own.
    """
    parts = [_single(part) for part in _spelled(source, terms or {}).split("&")]
    first, *others = sorted(parts, key=lambda part: _grip(part.anchors), reverse=True)
    return Phrase(source, first.expression, first.anchors, tuple(others))


def _spelled(source: str, terms: Mapping[str, Sequence[str]]) -> str:
    """The phrase with the families of words written out."""
    if unknown := sorted(set(_FAMILY.findall(source)) - set(terms)):
        raise PhraseError(f"'{source}' names {{{unknown[0]}}}, which is no family of terms.yml")
    return _FAMILY.sub(lambda named: "(" + "|".join(terms[named[1]]) + ")", source)


def _grip(anchors: tuple[str, ...]) -> float:
    """How rarely one of the letters will be met with: long ones and few."""
    return min(map(len, anchors)) - len(anchors)


def _single(source: str) -> Phrase:
    nodes = _parse(source)
    anchors = _anchors(nodes)
    if not anchors:
        raise PhraseError(f"'{source.strip()}' has no word of its own outside optional brackets; add one")
    return Phrase(source, rf"{_render(nodes)}(?!\w)", anchors)


def _parse(source: str) -> tuple[Node, ...]:
    tokens = _TOKENS.findall(source)
    nodes, rest = _sequence(tokens, 0, "")
    if rest != len(tokens) or not nodes:
        raise PhraseError(f"'{source}' has a bracket too many or says nothing")
    return nodes


def _sequence(tokens: list[str], at: int, closing: str) -> tuple[tuple[Node, ...], int]:
    """The nodes from `at` up to `|`, the closing bracket or the end."""
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at] not in ("|", closing or None):
        node, at = _node(tokens, at)
        nodes.append(node)
    return tuple(nodes), at


_CLOSING = {"(": ")", "[": "]"}
_SIGNS = {"...": Node("gap"), "^": Node("start"), "$": Node("end")}


def _node(tokens: list[str], at: int) -> tuple[Node, int]:
    token = tokens[at]
    if token in _SIGNS:
        return _SIGNS[token], at + 1
    if token in _CLOSING:
        return _choice(tokens, at)
    if not _WORD.fullmatch(token):
        raise PhraseError(f"'{token}' cannot stand there in '{' '.join(tokens)}'")
    return Node("word", token), at + 1


def _choice(tokens: list[str], at: int) -> tuple[Node, int]:
    kind, closing = ("one" if tokens[at] == "(" else "maybe"), _CLOSING[tokens[at]]
    choices = []
    while tokens[at] != closing:
        nodes, at = _sequence(tokens, at + 1, closing)
        if at >= len(tokens):
            raise PhraseError(f"a bracket is not closed in '{' '.join(tokens)}'")
        choices.append(nodes)
    star = "*" if tokens[at + 1 : at + 2] == ["*"] and kind == "one" else ""
    return Node(kind, star, tuple(choices)), at + 1 + len(star)


def _render(nodes: Iterable[Node]) -> str:
    """The expression of a sequence; what separates two words is written between them."""
    out, joined = "", False
    nodes = list(nodes)
    while nodes and nodes[-1].kind == "gap":
        nodes.pop()
    while nodes and nodes[0].kind == "gap":
        nodes.pop(0)
    for node in nodes:
        out += _piece(node, joined)
        joined = node.kind in ("word", "one") or (node.kind == "maybe" and joined)
    return out


def _piece(node: Node, joined: bool) -> str:
    if node.kind in ("gap", "start", "end"):
        return {"gap": GAP, "start": r"^\W*", "end": r"\W*$"}[node.kind]
    inner = _words(node)
    if node.kind == "maybe":
        return f"(?:{BETWEEN}{inner})?" if joined else f"(?:{inner}{BETWEEN})?"
    return BETWEEN + inner if joined else inner


def _words(node: Node) -> str:
    if node.kind == "word":
        return re.escape(node.value).replace(r"\*", r"\w*").replace("/", r"\s*/\s*") if node.value != "*" else r"\w+"
    ending = r"\w*" if node.value else ""
    return "(?:" + "|".join(_render(choice) + ending for choice in node.choices) + ")"


def _anchors(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The letters to look for first: those of the longest word that must be there, or of each of a choice's."""
    options = [found for node in nodes if (found := _needed(node))]
    return max(options, key=lambda words: (_grip(words), words), default=())


def _needed(node: Node) -> tuple[str, ...]:
    if node.kind == "word":
        letters = max(re.findall(r"\w+", node.value), key=len, default="")
        return (letters,) if letters else ()
    if node.kind != "one":
        return ()
    each = [_anchors(choice) for choice in node.choices]
    return tuple(word for words in each for word in words) if all(each) else ()
