"""Definitions: the terms an instrument gives a meaning, where, and for which part of it.

Printed in quotes ("“lamp” means …"), in bold or plainly at the head of a paragraph ("Lamp means …", "1- Lamp: any …"),
inside a sentence ("for the purpose of paragraph 1, the term “minor” shall include …"), or as a short name for a long
one ("hereinafter referred to as “the Fund”").
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from treatynlp.structure.lookup import Line, Places, sorted_places
from treatynlp.structure.pointers import pointers
from treatynlp.structure.tree import Definition, Provision, Treaty
from treatynlp.text import Span
from treatynlp.words import Template, WordFile, WordList, filled, words

__all__ = ["definitions"]

_MOST = 90
"""Terms have fewer characters than this."""
_MARKER_REACH = 12
"""The number of a provision, however printed, has no more characters than this."""
_NAME_REACH = 300
"""Characters before a short name in which the long one stands: titles of conventions run over three lines."""
_LEADS_IN = 3
"""Characters before a list in which the colon stands that introduces it: it may have a dash behind it (":—")."""
_OPEN, _CLOSE = "[“\"‘'«„‟]", "[”\"’'»“]"
_SENTENCE = re.compile(r"[.;](?=\s|$)")
_TAIL = " \n.;,"
_QUOTED = rf"{_OPEN}{{1,2}}\s?(?P<term>[^”\"»\n;:]{{1,{_MOST}}}?)\s?{_CLOSE}{{1,2}}"
_TERM = re.compile(rf"{_OPEN}\s?(?P<term>[^”\"»\n;:]{{1,{_MOST}}}?)\s?{_CLOSE}(?!\w)")
_MARKER = re.compile(r"^\s*(?:\(?\w{1,4}\s?[.)]|\d{1,3}\s?[.)]?\s?[-–—]|[-–—•·*])\s*")


class _Words(WordFile):
    """The content of definitions.yml."""

    quoted: WordList
    plain: WordList
    nothing: WordList
    bare: Template
    called: WordList
    titles: WordList
    purposes: WordList
    whole: Template
    more: Template
    aside: Template
    short: Template
    long: Template


def _any(found: WordList) -> str:
    return f"(?:{'|'.join(found.words)})"


def _known(language: str) -> _Words:
    return words(language).read("definitions", _Words)


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    known = _known(language)
    another = rf"{_OPEN}[^”\"»\n;:]{{1,{_MOST}}}?{_CLOSE}"
    more, aside = filled(known.more.pattern, term=another), known.aside.pattern
    return {
        "quoted": re.compile(
            rf"(?<!\w){_QUOTED}(?P<more>{more}){aside}\s*,?\s*(?P<verb>{_any(known.quoted)})(?!\w):?", re.I
        ),
        "plain": re.compile(
            rf"(?!{_any(known.nothing)}\b)(?P<term>[^\W_][^.;:\n“”\"]{{0,{_MOST}}}?)(?:\s*{_any(known.plain)})\b:?",
            re.I,
        ),
        "colon": re.compile(
            rf"(?P<mark>{_OPEN}{{1,2}})?(?P<term>[^\W_][^.;:\n“”\"]{{0,{_MOST}}}?){_CLOSE}{{0,2}}\s*(?P<verb>:|\s[–—-]\s)"
        ),
        "headed": re.compile(rf"{_QUOTED}(?:\s*\([^)\n]{{1,80}}\))?(?P<verb>\s*[,:])"),
        "called": re.compile(
            rf"(?:\(?\s*\b{_any(known.called)}|\((?={known.bare.pattern}))"
            rf"{filled(known.short.pattern, term=_QUOTED)}",
            re.I,
        ),
        "whole": re.compile(known.whole.pattern, re.I),
        "title": re.compile(_any(known.titles), re.I),
        # Up to a comma, but not past a verb that defines: "In this Act lamp means any fire, torch or …".
        "led": re.compile(
            rf"{_any(known.purposes)}(?:\s+|(?<=['’]))(?:(?!{_any(known.plain)}\b)[^,.;:\n]){{1,{_MOST}}},\s+", re.I
        ),
        "purpose": re.compile(rf"\b{_any(known.purposes)}(?:\s+|(?<=['’]))", re.I),
    }


def definitions(treaty: Treaty) -> tuple[Definition, ...]:
    """Every term the treaty defines, in reading order; spans are of the treaty's text.

    `scope` is the address of the part it is defined for, "" for the whole treaty.
    """
    where = sorted_places(treaty)
    found = [*_quoted(treaty, where), *_called(treaty, where), *_listed(treaty, where)]
    first: dict[Span, Definition] = {}
    for one in found:
        if not any(one.term_span.overlaps(other) for other in first if other != one.term_span):
            first.setdefault(one.term_span, one)
    return _apart(tuple(sorted(first.values(), key=lambda one: one.term_span)))


def _apart(found: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """Where a meaning runs into the next definition of the same provision, it ends before it."""
    result = []
    for one, other in pairwise([*found, None]):
        assert one is not None
        if other is not None and one.eid == other.eid and one.meaning.start < other.term_span.start < one.meaning.end:
            one = Definition(
                one.eid, one.term, one.term_span, Span(one.meaning.start, other.term_span.start), one.scope
            )
        result.append(one)
    return tuple(result)


# ---- terms in quotes -------------------------------------------------------------------------------------------


def _quoted(treaty: Treaty, where: Places) -> Iterator[Definition]:
    text = treaty.text.value
    for match in _patterns(treaty.language)["quoted"].finditer(text):
        around = where.around(match.start())
        # Title pages and notes of editors put names in quotes and say what they mean, too; nothing is bound by them.
        if not around or around[-1].kind in ("front", "signature", "note"):
            continue
        meaning = _meaning(text, around, match.start(), match.end())
        for span in _terms(match):
            if meaning.length:
                yield Definition(
                    around[-1].eid, text[span.start : span.end], span, meaning, _scope(text, around, where, span.start)
                )


def _terms(match: re.Match[str]) -> Iterator[Span]:
    yield Span(*match.span("term"))
    for other in _TERM.finditer(match.string, *match.span("more")):
        yield Span(*other.span("term"))


def _meaning(text: str, around: Line, term: int, start: int) -> Span:
    """From behind the verb to the provision's end where the definition opens it, or where a list follows; else to
    the end of the sentence."""
    provision = around[-1]
    opening = _opens(text, provision, term)
    listed = provision.children and ":" in text[start : provision.children[0].span.start][-_LEADS_IN:]
    if opening or listed:
        return _trimmed(text, start, provision.span.end)
    end = _SENTENCE.search(text, start, provision.span.end)
    return _trimmed(text, start, end.start() if end else provision.span.end)


def _opens(text: str, provision: Provision, term: int) -> bool:
    """Whether nothing but its number, or words that lead up to the term, stand before it in the provision."""
    before = text[provision.body.start : term]
    # "The term", "In this": so many words may lead up to it; behind more the term stands inside a sentence about
    # something else.
    return len(_MARKER.sub("", before).split()) <= 2


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(text[start:end].rstrip(_TAIL))))


# ---- terms at the head of a provision among definitions ----------------------------------------------------------


def _listed(treaty: Treaty, where: Places) -> Iterator[Definition]:
    """Terms without quotes, in an article of definitions: "Lamp means …", "1- Lamp: any …"."""
    text, known = treaty.text.value, _patterns(treaty.language)
    for article in treaty.walk():
        if article.kind != "article" or not known["title"].search(article.heading):
            continue
        heads = [(one, _head(text, one, known)) for child in article.children for one in (child, *child.children)]
        plain = [(one, match) for one, match in heads if match]
        colons = sum(match.re is known["colon"] for _, match in plain)
        for one, match in plain:
            if match.re is not known["colon"] or colons > 1 or match["mark"]:
                span = Span(*match.span("term"))
                meaning = _trimmed(text, match.end(), one.span.end)
                if meaning.length:
                    scope = _scope(text, where.around(span.start), where, span.start)
                    yield Definition(one.eid, text[span.start : span.end], span, meaning, scope)


def _head(text: str, provision: Provision, known: Mapping[str, re.Pattern[str]]) -> re.Match[str] | None:
    """The term a provision begins with, behind its number."""
    begin = text[provision.body.start : provision.body.start + _MARKER_REACH]
    number = _MARKER.match(begin) if provision.number else None
    start = provision.body.start + (number.end() if number else 0)
    if led := known["led"].match(text, start, provision.span.end):  # "For the purposes of this Convention, lamp means"
        start = led.end()
    end = provision.children[0].span.start if provision.children else provision.span.end
    # The colon last: it opens lists and examples as well as meanings.
    return next(filter(None, (known[form].match(text, start, end) for form in ("headed", "plain", "colon"))), None)


# ---- short names -----------------------------------------------------------------------------------------------


def _called(treaty: Treaty, where: Places) -> Iterator[Definition]:
    """ "(hereinafter referred to as “the Fund”)": the meaning is the long name before it."""
    text = treaty.text.value
    for match in _patterns(treaty.language)["called"].finditer(text):
        around = where.around(match.start())
        span = Span(*match.span("term"))
        if around and around[-1].kind != "note":
            words = Span(max(around[-1].span.start, match.start() - _NAME_REACH), match.start())
            meaning = _long_name(treaty, words, match["term"])
            if meaning.length:
                yield Definition(around[-1].eid, text[span.start : span.end], span, meaning, "")


def _long_name(treaty: Treaty, words: Span, term: str) -> Span:
    """The words before that name the thing: from the last that shares the short name's noun, else the whole part of
    the sentence."""
    text, end = treaty.text.value, words.end
    breaks = [match.end() for match in re.finditer(r"[.;:(]\s|\n", text[words.start : end])]
    start = words.start + (breaks[-1] if breaks else 0)
    noun = re.escape(term.split()[-1]) if term.split() else ""
    named = filled(_known(treaty.language).long.pattern, noun=noun)
    same = list(re.finditer(named, text[start:end])) if noun else []
    return _trimmed(text, start + (same[0].start() if same else 0), end)


# ---- for which part --------------------------------------------------------------------------------------------


def _scope(text: str, around: Line, where: Places, term: int) -> str:
    """What is said last of the purpose before the term: in its provision, else in the words that introduce it."""
    known = _patterns(where.treaty.language)
    for provision in reversed(around):
        end = provision.children[0].span.start if provision.children and provision is not around[-1] else term
        for said in reversed(list(known["purpose"].finditer(text, provision.body.start, min(end, term)))):
            if known["whole"].match(text, said.start()):
                found = _part(text[said.end() : term], around, where)
                return found or _annex(around)
            if found := _part(text[said.end() : term], around, where):
                return found
        # What stands above an article in its chapter are other articles, whose purposes are their own.
        if provision.kind == "article":
            break
    return _annex(around)


def _part(said: str, around: Line, where: Places) -> str:
    """The one provision that words such as "paragraph 1" or "this article" point to; "" when there is none."""
    found = next((one for one in pointers(said, where.treaty.language) if one.start == 0), None)
    if found is None:
        return ""
    scope = where.scope(around)
    met = (
        [one for path in found.paths for one in where.find(path, around, scope, found.anchor)]
        if found.paths
        else where.near(found.anchor, found.shift, around, scope)
    )
    return met[0].eid if len(met) == 1 else ""


def _annex(around: Line) -> str:
    return next((one.eid for one in around if one.kind == "annex"), "")
