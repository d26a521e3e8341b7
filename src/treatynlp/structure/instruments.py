"""Instruments named in running text: those of the registry, those known only by a number, and all others.

>>> from treatynlp.structure.instruments import instrument_mentions
>>> found = instrument_mentions("as in Directive 1999/1/XY", registered_names((), "en"))
>>> [(one.instrument, one.end) for one in found]
[('external', 25)]
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from treatynlp.registry import TITLES, Instrument
from treatynlp.structure.instrument_words import CODE, instrument_patterns

EXTERNAL = "external"
"""Stands for an instrument that is not in the registry."""

_NAME_BEFORE = 30
"""Characters before a name in which a capitalised word makes it another instrument's ("Northern Convention …")."""
_CALLED_WITHIN, _SAID_WITHIN = 300, 400
"""Characters from an instrument's name to the short name it is given, and to "thereof" or "that Convention" that take
it up: in the same sentence, which in preambles and long articles runs over many lines. Set by eye."""
_ACRONYM = re.compile(r"^[A-Z]{3,}[A-Za-z]*$")


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """Words [start, end) that name an instrument: its id in the registry, or EXTERNAL."""

    start: int
    end: int
    instrument: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the instruments of a registry are called: by name (small letters, single blanks), by number.

    `short` holds names that are whole only without a capitalised word before them ("Convention against Smoke" in
    "Northern Convention against Smoke" is another one).
    """

    language: str
    pattern: re.Pattern[str]
    by_name: Mapping[str, str]
    by_number: Mapping[str, str]
    short: frozenset[str]


def registered_names(registry: Sequence[Instrument], language: str) -> Names:
    """The names of the registry's instruments, for a text of a language. A short title that is no name of an instrument
    by itself (it names no sort of instrument and is no acronym) is left out."""
    return _names(tuple((one.id, one.title, one.short_title, one.citation, one.body) for one in registry), language)


@lru_cache(maxsize=8)
def _names(records: tuple[tuple[str, str, str, str, str], ...], language: str) -> Names:
    by_name: dict[str, str] = {}
    by_number: dict[str, str] = {}
    short: set[str] = set()
    for ident, title, short_title, citation, body in records:
        plain = instrument_patterns(TITLES).cut.sub("", title)
        full = [title, plain, short_title]
        bare = re.sub(rf"^{re.escape(body)}\s+", "", plain)
        for name in (*full, bare):
            if _names_an_instrument(name):
                by_name.setdefault(_key(name), ident)
        if bare != plain:
            short.add(_key(bare))
        for number in _numbers(f"{title} {citation}", citation):
            by_number.setdefault(number, ident)
    return Names(language, _pattern(by_name, language), by_name, by_number, frozenset(short))


def _names_an_instrument(name: str) -> bool:
    return bool(_ACRONYM.match(name)) or (len(name.split()) > 1 and _has_noun(name, TITLES))


def _has_noun(name: str, language: str) -> bool:
    return re.search(rf"\b{instrument_patterns(language).noun}\b", name, re.I) is not None


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _numbers(text: str, citation: str) -> Iterator[str]:
    """The instrument's own number: the first that stands in its title or citation (others are those it repeals)."""
    known = instrument_patterns(TITLES)
    if series := re.match(known.series, citation):
        yield f"ets {series['series']}"
    own = re.search(known.numbered, text) or re.match(rf"(?P<code>{CODE})", citation)
    if own:
        yield _code(own["code"])


def _code(number: str) -> str:
    return "/".join(number.split("/")[:2])


def _pattern(by_name: Iterable[str], language: str) -> re.Pattern[str]:
    longest = sorted(by_name, key=lambda name: (-len(name), name))
    called = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest) or r"(?!)"
    own = instrument_patterns(language)
    return re.compile(rf"(?P<name>\b(?i:{called})\b)|{own.numbered}|{own.series}")


def instrument_mentions(text: str, known: Names) -> tuple[InstrumentMention, ...]:
    """Every instrument named by a registered name or by a number, in order; a name and the number behind it as one."""
    found: list[InstrumentMention] = []
    for match in known.pattern.finditer(text):
        one = _identified(text, match, known)
        if one is None:
            continue
        gap = text[found[-1].end : one.start] if found else "."
        # "the Treaty of Lamps (Series No. 5)": a name and the number behind it are said of one instrument.
        if not gap.strip(" ,(") and one.instrument in (found[-1].instrument, EXTERNAL):
            found[-1] = replace(found[-1], end=one.end)
        else:
            found.append(one)
    return tuple(found)


def _identified(text: str, match: re.Match[str], known: Names) -> InstrumentMention | None:
    if match["name"]:
        key = _key(match["name"])
        acronym = " " not in key
        # In small letters an acronym is a word of the language.
        if acronym and not match["name"][0].isupper():
            return None
        other = key in known.short and instrument_patterns(known.language).capital.search(
            text[max(0, match.start() - _NAME_BEFORE) : match.start()]
        )
        return InstrumentMention(match.start(), match.end(), EXTERNAL if other else known.by_name[key])
    number = f"ets {match['series']}" if match["series"] else _code(match["code"])
    return InstrumentMention(match.start(), match.end(), known.by_number.get(number, EXTERNAL))


def aliases(text: str, found: Sequence[InstrumentMention], language: str) -> dict[str, str]:
    """What the text says it will call other instruments by: the words in quotes (small letters) and the instrument
    named last before them, in the same sentence."""
    result: dict[str, str] = {}
    for match in instrument_patterns(language).called.finditer(text):
        alias = _key(instrument_patterns(language).article.sub("", match["alias"]))
        if not _has_noun(alias, language):
            continue
        before = [one for one in found if one.end <= match.start() and match.start() - one.end < _CALLED_WITHIN]
        result.setdefault(alias, before[-1].instrument if before else EXTERNAL)
    return result


# ---- whose provision it is -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose provisions the words before `end` point to: `noun` when it calls itself or another so ("this
    Convention"), else `instrument`; `that` when it takes up one named before ("that Convention"); `thereof` takes up
    what was named before, whatever it was; `name` is what an instrument not known by its whole name is
    called (small letters)."""

    end: int
    instrument: str = ""
    noun: str = ""
    this: bool = False
    that: bool = False
    thereof: bool = False
    name: str = ""


def owner(text: str, at: int, found: Sequence[InstrumentMention], language: str) -> Owner | None:
    """What the words behind a pointer say of the instrument it points into; None when they say nothing."""
    known = instrument_patterns(language)
    lead = known.lead.match(text, at)
    for one in found:
        if lead and one.start == lead.end():
            return Owner(one.end, one.instrument)
    if this := known.itself.match(text, at):
        return Owner(this.end(), noun=this["noun"].lower(), this=True)
    if the := known.named.match(text, at):
        that = the["that"] is not None
        return Owner(the.end(), named_before(text, at, found) if that else "", the["noun"].lower(), that=that)
    if general := known.general.match(text, at) or known.quoted.match(text, at):
        return Owner(general.end(), EXTERNAL, name=without_parent(_key(general["name"]), language))
    if behind := known.acronym.match(text, at):
        return Owner(
            behind.end(), next((one.instrument for one in found if one.start == behind.start("name")), EXTERNAL)
        )
    if thereof := known.thereof.match(text, at):
        return Owner(thereof.end(), named_before(text, at, found), thereof=True)
    return None


def without_parent(title: str, language: str) -> str:
    """A protocol's title, in small letters, without the convention it belongs to.

    >>> without_parent("Second Protocol to the Treaty of Lamps", "en")
    'second protocol'
    """
    return instrument_patterns(language).parent.split(title.lower(), maxsplit=1)[0]


def named_before(text: str, at: int, found: Sequence[InstrumentMention]) -> str:
    """The instrument named last before, in the same sentence; "" when none is."""
    last = next((one for one in reversed(found) if one.end <= at), None)
    if last is None or at - last.end > _SAID_WITHIN or re.search(r"[.;]\s", text[last.end : at]):
        return ""
    return last.instrument


def own_noun(text: str, language: str) -> str:
    """What the text calls itself: the noun it most often puts behind "this".

    >>> own_noun("This Treaty is made under the Charter. Nothing in this Treaty binds others.", "en")
    'treaty'
    """
    counts: dict[str, int] = {}
    for match in instrument_patterns(language).own.finditer(text):
        noun = _key(match[1])
        counts[noun] = counts.get(noun, 0) + 1
    return max(counts, key=lambda noun: (counts[noun], noun), default="")


def nouns_in(title: str, language: str) -> list[str]:
    """The sorts of instruments among the words of a title.

    >>> nouns_in("Protocol to the Treaty of Lamps", "en")
    ['protocol', 'treaty']
    """
    found = (re.match(rf"{instrument_patterns(language).noun}\b", word, re.I) for word in title.split())
    return [_key(match[0]) for match in found if match]
