"""Running text → pointers: which words point to provisions, and what they say of the address.

Nothing is looked up here.

>>> [[step.label for step in path] for path in pointers("as in points (a) and (b) of Article 6(1).", "en")[0].paths]
[['6', '1', 'a'], ['6', '1', 'b']]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from treatynlp.structure.numerals import LATIN
from treatynlp.structure.reference_words import Grammar, UnitWords, grammar
from treatynlp.words import WordList

_LABEL = re.compile(r"[A-Za-z]+|\d+")
_DEEPER = re.compile(rf"(?:[a-z]+|\d+)(?:[\s.)-]*(?:{LATIN})\b)?", re.I)


@dataclass(frozen=True, slots=True)
class AddressStep:
    """One step of an address: the unit's kind, the number's letters, and the last number of a range ("" for one)."""

    kind: str
    label: str
    until: str = ""


Path = tuple[AddressStep, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words [start, end) that point to provisions: `paths` from the outermost unit named to the innermost.

    `anchor` is the kind of the provision around them that they start from ("of this article"), "" for none;
    `shift` counts how many provisions before (negative) or behind it they mean; `earlier` when "that article" or
    "the said paragraph" takes up something named before.
    """

    start: int
    end: int
    paths: tuple[Path, ...]
    anchor: str = ""
    shift: tuple[int, ...] = ()
    earlier: bool = False


def pointers(text: str, language: str) -> tuple[Pointer, ...]:
    """Every pointer in a text of a language, in order; none overlaps another."""
    known = grammar(language)
    starts = sorted([*known.alone.finditer(text), *known.unit.finditer(text)], key=lambda match: match.start())
    found: list[Pointer] = []
    at = 0
    for match in starts:
        if match.start() >= at:
            pointer = _alone(known, text, match) if match.re is known.alone else _chain(known, text, match)
            if pointer:
                found.append(pointer)
                at = pointer.end
    return _shared(known, tuple(found), text)


# ---- chains of units and numbers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """A unit with its numbers, up to `end`."""

    unit: UnitWords
    many: bool
    paths: tuple[Path, ...]
    end: int


def _chain(known: Grammar, text: str, word: re.Match[str]) -> Pointer | None:
    """Groups side by side that make one address: each part below or above the one before."""
    group = _group(known, text, word)
    return (
        _anchored(known, text, _upwards(known, text, word.start(), *_downwards(known, text, group))) if group else None
    )


def _downwards(known: Grammar, text: str, group: _Group) -> tuple[tuple[Path, ...], int, UnitWords]:
    """With the parts that follow: "Article 6, paragraph 1"; and a list of articles going on behind such a part:
    "Articles 2, 6, paragraph 1, 7 and 9"."""
    paths, end, level = group.paths, group.end, group.unit.level
    while (below := _below(known, text, end, group.many)) and below.unit.level > level:
        paths, end, level = (*paths[:-1], *(paths[-1] + path for path in below.paths)), below.end, below.unit.level
        more = list(_items(known, text, end, group.unit, paths[-1][:1], True)) if group.many else []
        if more and all(path[0].label.isdigit() for path, _ in more):
            paths, end, level = (*paths, *(path for path, _ in more)), more[-1][1], group.unit.level
    return paths, end, group.unit


def _upwards(known: Grammar, text: str, start: int, paths: tuple[Path, ...], end: int, unit: UnitWords) -> Pointer:
    """With the provisions it belongs to: "point (b) of paragraph 1 of Article 6"."""
    while above := _above(known, text, end):
        if above.unit.level >= unit.level:
            break
        paths = tuple(outer + path for outer in above.paths for path in paths)
        end, unit = above.end, above.unit
    return Pointer(start, end, paths)


def _below(known: Grammar, text: str, at: int, listed: bool) -> _Group | None:
    gap = known.down.match(text, at)
    if gap and (counted := known.counted.match(text, gap.end())):  # "Article 2, first paragraph", acts of the Union
        unit = known.unit_named(counted["unit3"])
        return _Group(unit, False, ((_nth(known, unit, counted["nth"]),),), counted.end())
    word = known.unit.match(text, gap.end()) if gap else None
    return _group(known, text, word, listed) if word else None


def _above(known: Grammar, text: str, at: int) -> _Group | None:
    gap = known.up.match(text, at)
    if not gap:
        return None
    if counted := known.counted.match(text, gap.end()):
        unit = known.unit_named(counted["unit3"])
        return _Group(unit, False, ((_nth(known, unit, counted["nth"]),),), counted.end())
    word = known.unit.match(text, gap.end())
    group = _group(known, text, word) if word else None
    return _within(known, text, group) if group else None


def _within(known: Grammar, text: str, group: _Group) -> _Group:
    """ "of Article 6, paragraph 1": the outer provision may itself have a part behind it."""
    paths, end, _ = _downwards(known, text, group)
    return replace(group, paths=paths, end=end)


def _nth(known: Grammar, unit: UnitWords, word: str) -> AddressStep:
    return AddressStep(unit.kind, str(known.place(word)))


def _group(known: Grammar, text: str, word: re.Match[str], listed: bool = False) -> _Group | None:
    """The unit at a word with its numbers; inside a list of others (`listed`) a word for one takes one number."""
    name = next(key for key, value in word.groupdict().items() if value is not None)
    unit, many = known.words.units.list[int(name.lstrip("anemoy"))], name.startswith("many")
    first = known.item.match(text, word.end())
    if first is None or known.amount.match(text, first.end()) or not _parted(text, word.end(), first):
        return None
    path = _path(known, unit, first, ())
    more = list(_items(known, text, first.end(), unit, path, many))
    if listed and not many:  # the next number is the next article's; a letter is the next point
        more = list(takewhile(lambda one: not one[0][-1].label.isdigit(), more))
    paths = [path, *(found for found, _ in more)]
    whole = [one for one, after in zip(paths, [*paths[1:], ()], strict=True) if not (after and after[-1].until)]
    return _Group(unit, many, tuple(whole), more[-1][1] if more else first.end())


def _items(known: Grammar, text: str, at: int, unit: UnitWords, before: Path, many: bool) -> Iterator[tuple[Path, int]]:
    """The further numbers behind the one before, each with where it ends; a word for one takes no mere commas."""
    while True:
        ranged = known.range.match(text, at)
        between = ranged or known.and_.match(text, at)
        item = known.item.match(text, between.end()) if between else None
        if between is None or item is None or known.amount.match(text, item.end()):
            return
        inside = item["base"].startswith("(") and len(before) > 1  # "paragraph 1 (a), (b) or (c)"
        if not many and (ranged or between[0].strip() in (",", ";")) and not inside:
            return
        path = _path(known, unit, item, before)
        yield (
            ((*path[:-1], AddressStep(path[-1].kind, before[-1].label, path[-1].label)) if ranged else path),
            item.end(),
        )
        before, at = path, item.end()


def _parted(text: str, at: int, item: re.Match[str]) -> bool:
    """Whether a blank or bracket parts the first number from its unit's word."""
    return item["base"].startswith("(") or text[at : at + 1].isspace() or text[at - 1] == "."


def _path(known: Grammar, unit: UnitWords, item: re.Match[str], before: Path) -> Path:
    """The steps of one number: "6(1)(a)" has three. A bracketed one goes on in the place of its like before it."""
    deeper = [AddressStep("point", "".join(_LABEL.findall(one))) for one in _DEEPER.findall(item["deeper"])]
    bare = known.number(item["base"])
    place = _like(bare, before) if item["base"].startswith("(") or bare.islower() else 0
    if place:
        return (*before[:place], AddressStep("point", bare), *deeper)
    return (AddressStep(unit.kind, bare), *deeper)


def _like(label: str, before: Path) -> int:
    """The deepest step below the first whose number is of the same sort, 0 when there is none."""
    sorts = [_sort(step.label) for step in before]
    same = [at for at in range(1, len(before)) if sorts[at] == _sort(label)]
    letters = [at for at in range(1, len(before)) if sorts[at] != "digit" and not label.isdigit()]
    return (same or letters or [0])[-1]


def _sort(label: str) -> str:
    # Of i, v and x only: c, d, l and m letter points far more often than they count hundreds.
    return "digit" if label.isdigit() else "roman" if set(label) <= set("ivx") else "letter"


def _anchored(known: Grammar, text: str, pointer: Pointer) -> Pointer:
    """With "of this article", "of that paragraph" behind it."""
    found = known.anchor.match(text, pointer.end)
    if not found:
        return pointer
    unit = known.unit_named(found["unit"])
    said = known.words
    here = _is_one(found["which"], said.here) and not _is_one(found["which"], said.same)
    return replace(pointer, end=found.end(), anchor=unit.kind, earlier=not here)


def _shared(known: Grammar, found: tuple[Pointer, ...], text: str) -> tuple[Pointer, ...]:
    """ "paragraph 1 or paragraph 2 of this article": the first shares what the second starts from."""
    result = list(found)
    for at in range(len(found) - 2, -1, -1):
        one, other = result[at], result[at + 1]
        between = text[one.end : other.start]
        if one.paths and other.paths and not one.anchor and known.and_.fullmatch(between.rstrip()):
            result[at] = _taking(one, other)
    return tuple(result)


def _taking(one: Pointer, other: Pointer) -> Pointer:
    kind = one.paths[0][0].kind
    if kind in ("article", "annex", "chapter", "recital"):
        return one
    if other.paths[0][0].kind == kind:
        return replace(one, anchor=other.anchor, earlier=other.earlier)
    outer = next((at for at, step in enumerate(other.paths[0]) if step.kind == kind), 0)
    head = other.paths[0][:outer]
    return replace(one, paths=tuple(head + path for path in one.paths), anchor=other.anchor, earlier=other.earlier)


# ---- without a number ------------------------------------------------------------------------------------------


def _alone(known: Grammar, text: str, found: re.Match[str]) -> Pointer | None:
    """ "this article", "the preceding paragraph", "the second paragraph of Article 5"."""
    if found["nth"]:
        return _counted(known, text, found)
    if known.item.match(text, found.end()):
        return None
    if found["near"]:
        return _near(known, found)
    if _is_one(found["here"], known.words.vague):
        return None
    return Pointer(found.start(), found.end(), (), known.unit_named(found["unit"]).kind)


def _near(known: Grammar, found: re.Match[str]) -> Pointer:
    several = known.words.several.words
    count = several.index(found["several"].lower()) + 2 if found["several"] else 1
    back = _is_one(found["near"], known.words.before)
    shift = tuple(range(-count, 0)) if back else tuple(range(1, count + 1))
    return Pointer(found.start(), found.end(), (), known.unit_named(found["unit2"]).kind, shift)


def _is_one(said: str, words: WordList) -> bool:
    return any(re.fullmatch(word, said, re.I) for word in words.words)


def _counted(known: Grammar, text: str, found: re.Match[str]) -> Pointer:
    unit = known.unit_named(found["unit3"])
    group = _Group(unit, False, ((_nth(known, unit, found["nth"]),),), found.end())
    return _anchored(known, text, _upwards(known, text, found.start(), *_downwards(known, text, group)))
