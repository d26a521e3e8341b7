"""In which language a text is, told by its short words and its letters; and which pages or columns are in another.

Treaties are printed side by side in two columns, or page by page in turn, in their authentic languages. One language
is asked for; lines in the others are set aside.

>>> language_of("The Parties shall consult each other on the measures to be taken under this Article.")
'en'
>>> language_of("Les Parties se consultent sur les mesures qui sont prises dans le cadre du présent article.")
'fr'
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from treatynlp.errors import Issue, issue
from treatynlp.reading.layout import thirds
from treatynlp.text import Line
from treatynlp.words import Reasoned, WordFile, WordList, shared_words, told_languages

FEW_WORDS = 12
"""A column or page with fewer words does not tell its language."""
SURE = 0.18
"""Share of a text's words that must be its language's commonest; running text in any has about twice that."""
PLAIN = 0.28
"""A page with this share of the asked-for language's words is not looked at any closer."""
SHARED = 0.2
"""Share of the pages or columns that must be in a language for the document to be in it too."""

MIXED = 0.1
"""Share of the pages not plainly in the asked-for language from which on all are looked at more closely."""
OVER = 0.03
"""Share of a page's width by which a column may reach over its middle."""
_WORD = re.compile(r"[^\W\d_]+")


class _LanguageFile(WordFile):
    """The content of language.yml."""

    name: str
    common: WordList


class _Named(Reasoned):
    names: dict[str, str]


class _ScriptFile(WordFile):
    """The content of scripts.yml."""

    scripts: _Named


@dataclass(frozen=True, slots=True)
class Languages:
    """By what languages are told: the common words of each, its name; what a text in another script is called."""

    words: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    scripts: Mapping[str, str]


@cache
def languages() -> Languages:
    """What the folders of corpus/words/ say."""
    read = {one.language: one.read("language", _LanguageFile) for one in told_languages()}
    return Languages(
        words={code: frozenset(one.common.words) for code, one in read.items()},
        names={code: one.name for code, one in read.items()},
        scripts=shared_words().read("scripts", _ScriptFile).scripts.names,
    )


def called(language: str) -> str:
    """How people call a language or script: fr → French, ARABIC → Arabic (script)."""
    known = languages()
    return known.names.get(language) or known.scripts.get(language) or language


# Counting common words rather than py3langid: of 3,934 pages and half pages of real treaties (November 2026) the two
# differ on 45, and on none of these does this name a wrong language: it says that it does not know (a list of treaties,
# an imprint, half of a column), where py3langid takes the cover of a treaty in English for German. That always answers,
# which is no help here, and asks 1.1 s and 80 MB of every process that reads.
def language_of(text: str) -> str:
    """The code of the language (`en`), for other scripts the script (`ARABIC`); "" when neither is told: too few
    words, or words of no language known here."""
    script = script_of(text)
    if script and script != "LATIN":
        return script
    words = _WORD.findall(text.lower())
    if len(words) < FEW_WORDS:
        return ""
    shares = {code: _share(words, common) for code, common in languages().words.items()}
    best = max(shares, key=lambda code: (shares[code], code))
    return best if shares[best] >= SURE else ""


def script_of(text: str) -> str:
    """The script most letters are of, as Unicode names it (`LATIN`, `ARABIC`, `CJK`); "" without letters."""
    scripts: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if letter.isalpha():
            scripts[letter_script(letter)] += times
    return max(scripts, key=lambda name: (scripts[name], name), default="")


@lru_cache(maxsize=8192)
def letter_script(letter: str) -> str:
    """The script of a letter by its Unicode name; "" for letters without one (private use, surrogates).

    Letters Unicode counts as Latin but no language prints in running text (IPA) are `PHONETIC`.
    """
    if "\u0250" <= letter <= "\u02b8":
        return "PHONETIC"
    return unicodedata.name(letter, "").partition(" ")[0]


def _share(words: Sequence[str], common: frozenset[str]) -> float:
    return sum(word in common for word in words) / len(words)


def foreign_columns(columns: Sequence[str], language: str) -> frozenset[int]:
    """Which of the columns of a table are in another language than the one asked for, where one is in that.

    >>> texts = ["The Parties shall consult each other on the measures to be taken under this Article.",
    ...          "Les Parties se consultent sur les mesures qui sont prises dans le cadre du présent article."]
    >>> sorted(foreign_columns(texts, "en"))
    [1]
    """
    told = [language_of(column) for column in columns]
    return (
        frozenset(at for at, one in enumerate(told) if one not in ("", language)) if language in told else frozenset()
    )


# ---- several languages in one document ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stand in one column, or across the page: `page` counts from 0, `side` is left, right, one of three
    columns, or across."""

    page: int
    side: str
    lines: tuple[Line, ...]
    language: str


def asked_for(
    pages: Sequence[Sequence[Line]], language: str, widths: Sequence[float]
) -> tuple[list[tuple[Line, ...]], tuple[Line, ...]]:
    """The lines of each page in the asked-for language, and the lines in others, set aside.

    `pages` are ordered lines (columns one after the other), `widths` the pages' widths. A document is of several
    languages when a fifth of its columns or pages is in the asked-for one and a fifth in others; any other
    document is kept whole. Lines that do not tell their language (a heading, a list of names) go with the side
    of the page, or the page, they stand on.
    """
    whole = [tuple(page) for page in pages]
    if not _is_mixed(whole, language):
        return whole, ()
    blocks = [block for number, page in enumerate(whole) for block in _blocks(page, number, widths[number])]
    told = [block.language for block in blocks if block.language]
    share = told.count(language) / len(told) if told else 1.0
    # A quotation or a title page in another language makes no text of two languages, and nothing is set aside.
    if not SHARED <= share <= 1 - SHARED:
        return whole, ()
    others = {id(line) for block in _of_others(blocks, language) for line in block.lines}
    kept = [tuple(line for line in page if id(line) not in others) for page in whole]
    return kept, tuple(line for page in whole for line in page if id(line) in others)


def language_issues(others: Sequence[Line], language: str, name: str) -> list[Issue]:
    """What a reader must know when lines in other languages were set aside; nothing when none were."""
    if not others:
        return []
    text = " ".join(line.text for line in others)
    first, last = min(line.page for line in others), max(line.page for line in others)
    other, pages = called(language_of(text)) or "another language", {"first": first, "last": last}
    return [issue("several-languages", name, kept=called(language), lines=len(others), **pages, other=other)]


def _is_mixed(pages: Sequence[Sequence[Line]], language: str) -> bool:
    """Whether a tenth of the pages is not plainly in the asked-for language: a cheap look, before a closer one."""
    common = languages().words[language]
    read = [" ".join(line.text for line in page).lower().split() for page in pages]
    full = [words for words in read if len(words) >= FEW_WORDS]
    return bool(full) and sum(_share(words, common) < PLAIN for words in full) > MIXED * len(full)


def _blocks(page: Sequence[Line], number: int, width: float) -> Iterator[_Block]:
    sides: dict[str, list[Line]] = {}
    gaps = thirds(page, width)
    for line in page:
        sides.setdefault(_third(line, gaps) if gaps else _side(line, width), []).append(line)
    for side, lines in sides.items():
        yield _Block(number, side, tuple(lines), language_of(" ".join(line.text for line in lines)))


def _third(line: Line, gaps: Sequence[float]) -> str:
    """Which of three columns a line stands in."""
    at = sum(line.box[0] >= gap for gap in gaps)
    return f"column {at + 1}" if at == len(gaps) or line.box[2] <= gaps[at] else "across"


def _side(line: Line, width: float) -> str:
    middle = width / 2
    if line.box[2] <= middle + OVER * width:
        return "left"
    return "right" if line.box[0] >= middle - OVER * width else "across"


def _of_others(blocks: Sequence[_Block], language: str) -> Iterator[_Block]:
    """The blocks in other languages, those that do not tell theirs counted with the likes of them."""
    sides = sorted({block.side for block in blocks} - {"across"})
    usual = {side: _usual(block.language for block in blocks if block.side == side) for side in sides}
    # Only where the columns themselves differ does the side of the page tell; else the language goes by the page.
    columns = len(set(usual.values())) > 1 and "" not in usual.values()
    pages = {number: _usual(b.language for b in blocks if b.page == number) for number in {b.page for b in blocks}}
    for block in blocks:
        found = block.language or (usual[block.side] if columns and block.side in usual else pages[block.page])
        if found and found != language:
            yield block


def _usual(found: Iterable[str]) -> str:
    counted = Counter(filter(None, found))
    return max(counted, key=lambda code: (counted[code], code), default="")
