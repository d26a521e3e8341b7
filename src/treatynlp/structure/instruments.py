"""Instruments named in running text: those of the registry, those known only by a number, and all others.

>>> from treatynlp.structure.instruments import named
>>> [(found.instrument, found.end) for found in named("as in Directive 1999/1/XY", names(()))]
[('external', 25)]
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from treatynlp.registry import Instrument
from treatynlp.structure.reference_words import UNIT, one_of, words

EXTERNAL = "external"
"""Stands for an instrument that is not in the registry."""

_NOUN = one_of(words().instruments)
_CODE = r"\d{2,4}/\d{1,4}(?:/[A-Z]{2,8})?(?![\w/])"
_NUMBERED = (
    r"\b(?:(?:Council|Commission|Implementing|Delegated|Framework|Joint|Common)\s+)*"
    r"(?:Regulation|Directive|Decision|Action|Position|Recommendation)s?\s+"
    rf"(?:\((?:EU|EC|EEC|ECSC|Euratom|,|\s)+\)\s*)?(?:No\.?\s*)?(?P<code>{_CODE})"
)
_SERIES = r"\bC?ETS\s*(?:No\.?|n[o°]\.?)?\s*(?P<series>\d{1,3})\b"
_QUOTED = r"[“\"'‘«]\s*(?P<alias>[^”\"’»]{2,60}?)\s*[”\"’»]"
_CALLED = re.compile(
    rf"\b(?:herein)?after\s+(?:(?:referred\s+to|called|known|designated)\s*)?(?:as\s+)?(?:the\s+)?{_QUOTED}"
)
_CUT = re.compile(r"\s*(?:;|\(|,?\s+concerning\b|\bof\s+\d{1,2}\s+[A-Z][a-z]+\s+\d{4}).*$", re.S)
_ACRONYM = re.compile(r"^[A-Z]{3,}[A-Za-z]*$")
_CAPITAL = re.compile(r"(?:^|\s)(?!The\b)[A-Z][\w-]*\s+$")


@dataclass(frozen=True, slots=True)
class Named:
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

    pattern: re.Pattern[str]
    by_name: Mapping[str, str]
    by_number: Mapping[str, str]
    short: frozenset[str]


def names(registry: Sequence[Instrument]) -> Names:
    """The names of the registry's instruments. A short title that is no name of an instrument by itself (it names
    no sort of instrument and is no acronym) is left out."""
    return _names(tuple((one.id, one.title, one.short_title, one.citation, one.body) for one in registry))


@lru_cache(maxsize=8)
def _names(records: tuple[tuple[str, str, str, str, str], ...]) -> Names:
    by_name: dict[str, str] = {}
    by_number: dict[str, str] = {}
    short: set[str] = set()
    for ident, title, short_title, citation, body in records:
        plain = _CUT.sub("", title)
        full = [title, plain, short_title]
        bare = re.sub(rf"^{re.escape(body)}\s+", "", plain)
        for name in (*full, bare):
            if _names_an_instrument(name):
                by_name.setdefault(_key(name), ident)
        if bare != plain:
            short.add(_key(bare))
        for number in _numbers(f"{title} {citation}", citation):
            by_number.setdefault(number, ident)
    return Names(_pattern(by_name), by_name, by_number, frozenset(short))


def _names_an_instrument(name: str) -> bool:
    return bool(_ACRONYM.match(name)) or (len(name.split()) > 1 and re.search(rf"\b{_NOUN}\b", name, re.I) is not None)


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _numbers(text: str, citation: str) -> Iterator[str]:
    """The instrument's own number: the first that stands in its title or citation (others are those it repeals)."""
    if series := re.match(_SERIES, citation):
        yield f"ets {series['series']}"
    own = re.search(_NUMBERED, text) or re.match(rf"(?P<code>{_CODE})", citation)
    if own:
        yield _code(own["code"])


def _code(number: str) -> str:
    return "/".join(number.split("/")[:2])


def _pattern(by_name: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(by_name, key=lambda name: (-len(name), name))
    called = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest) or r"(?!)"
    return re.compile(rf"(?P<name>\b(?i:{called})\b)|{_NUMBERED}|{_SERIES}")


def named(text: str, known: Names) -> tuple[Named, ...]:
    """Every instrument named by a registered name or by a number, in order; a name and the number behind it as one."""
    found: list[Named] = []
    for match in known.pattern.finditer(text):
        one = _identified(text, match, known)
        if one is None:
            continue
        gap = text[found[-1].end : one.start] if found else "."
        if not gap.strip(" ,(") and one.instrument in (found[-1].instrument, EXTERNAL):
            found[-1] = replace(found[-1], end=one.end)
        else:
            found.append(one)
    return tuple(found)


def _identified(text: str, match: re.Match[str], known: Names) -> Named | None:
    if match["name"]:
        key = _key(match["name"])
        acronym = " " not in key
        if acronym and not match["name"][0].isupper():
            return None
        other = key in known.short and _CAPITAL.search(text[max(0, match.start() - 30) : match.start()])
        return Named(match.start(), match.end(), EXTERNAL if other else known.by_name[key])
    number = f"ets {match['series']}" if match["series"] else _code(match["code"])
    return Named(match.start(), match.end(), known.by_number.get(number, EXTERNAL))


def aliases(text: str, found: Sequence[Named]) -> dict[str, str]:
    """What the text says it will call other instruments by: the words in quotes (small letters) and the instrument
    named last before them, in the same sentence."""
    result: dict[str, str] = {}
    for match in _CALLED.finditer(text):
        alias = _key(re.sub(r"^the\s+", "", match["alias"], flags=re.I))
        if not re.search(rf"\b{_NOUN}\b", alias, re.I):
            continue
        before = [one for one in found if one.end <= match.start() and match.start() - one.end < 300]
        result.setdefault(alias, before[-1].instrument if before else EXTERNAL)
    return result


# ---- whose provision it is -------------------------------------------------------------------------------------

_OF = r"(?:\.(?=\s+of\s))?\s*,?\s*(?:of|to|in|under|from|contained\s+in|annexed\s+to|attached\s+to)\s+"
_THIS = re.compile(rf"{_OF}(?:this|the\s+present)\s+(?:[A-Z][\w-]*\s+)?(?P<noun>{_NOUN})\b", re.I)
_THE = re.compile(
    rf"{_OF}(?P<that>the|{one_of(words().earlier)}|the\s+same)\s+(?P<noun>{_NOUN})\b(?!\s+(?:on|of|for|against|concerning|relating)\b)",
    re.I,
)
_GENERIC = re.compile(
    rf"{_OF}(?:the\s+|an?\s+|its\s+|their\s+)?(?P<name>(?:(?:[A-Z0-9][\w.’'-]*|of|and|for|on|the|national|domestic|penal|"
    rf"criminal|civil|internal)\s+){{0,9}}?(?i:{_NOUN})\b"
    rf"(?:\s+(?:of|on|for|against|to|concerning|relating\s+to|establishing|implementing|supplementing|with|and|the|in)"
    rf"(?:\s+the)?(?=\s+(?:the\s+)?(?!{UNIT})[A-Z])|\s+(?!{UNIT})[A-Z][\w-]*)*)"
)
_BEHIND = re.compile(rf"(?:\s*,?\s*|{_OF}(?:the\s+)?)(?P<name>[A-Z]{{3,8}})\b(?!\s*[a-z]*\))")
_FOREIGN = re.compile(rf"{_OF}(?:the\s+|its\s+)?(?P<name>[“\"‘«][^”\"’»]{{2,80}}[”\"’»])")
_THEREOF = re.compile(r"\s*,?\s*thereof\b")
_LEAD = re.compile(rf"{_OF}(?:the\s+|that\s+)?(?:(?:\d{{4}}|said|above)\s+)?")


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


def owner(text: str, at: int, found: Sequence[Named]) -> Owner | None:
    """What the words behind a pointer say of the instrument it points into; None when they say nothing."""
    lead = _LEAD.match(text, at)
    for one in found:
        if lead and one.start == lead.end():
            return Owner(one.end, one.instrument)
    if this := _THIS.match(text, at):
        return Owner(this.end(), noun=this["noun"].lower(), this=True)
    if the := _THE.match(text, at):
        if the["that"].lower() != "the":
            return Owner(the.end(), _before(text, at, found), the["noun"].lower(), that=True)
        return Owner(the.end(), noun=the["noun"].lower())
    if generic := _GENERIC.match(text, at) or _FOREIGN.match(text, at):
        return Owner(generic.end(), EXTERNAL, name=_key(generic["name"]).partition(" to ")[0])
    if behind := _BEHIND.match(text, at):
        return Owner(
            behind.end(), next((one.instrument for one in found if one.start == behind.start("name")), EXTERNAL)
        )
    if thereof := _THEREOF.match(text, at):
        return Owner(thereof.end(), _before(text, at, found), thereof=True)
    return None


def _before(text: str, at: int, found: Sequence[Named]) -> str:
    """The instrument named last before, in the same sentence; "" when none is."""
    last = next((one for one in reversed(found) if one.end <= at), None)
    if last is None or at - last.end > 400 or re.search(r"[.;]\s", text[last.end : at]):
        return ""
    return last.instrument


def own_noun(text: str) -> str:
    """What the text calls itself: the noun it most often puts behind "this".

    >>> own_noun("This Treaty is made under the Charter. Nothing in this Treaty binds others.")
    'treaty'
    """
    counts: dict[str, int] = {}
    for match in re.finditer(rf"\b(?:this|the\s+present)\s+({_NOUN})\b", text, re.I):
        noun = _key(match[1])
        counts[noun] = counts.get(noun, 0) + 1
    return max(counts, key=lambda noun: (counts[noun], noun), default="")
