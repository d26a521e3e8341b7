"""Whether a text is the instrument that was asked for: by its title, by its body or date, by its count of articles.

An address that gives another treaty, or a page that speaks about one, gives a text like any other: it splits, and its
provisions would stand in the wrong instrument's name. So the title the registry declares must stand at the beginning,
the body or a date beside it, and no fewer than half of the articles it declares must have been found.

>>> plain_words("Treaty of Kör-\\nmend, No. 3")
['treaty', 'of', 'kormend', 'no', '3']
"""

import re
import unicodedata
from collections.abc import Iterator

from treatynlp.errors import Issue, issue
from treatynlp.reading.document import Document
from treatynlp.registry import Instrument
from treatynlp.structure.title_guess import dates_in, naming
from treatynlp.structure.tree import Treaty
from treatynlp.words import WordFile, WordList, words

TITLE_WORDS = 150
"""Words at a text's beginning among which its title stands: behind a cover with a body's addresses, 60 of them."""
FRONT, BACK = 6000, 6000
"""Characters at the beginning and the end among which the body's name and a date are looked for."""
TITLE_SHARE, BODY_SHARE = 0.6, 0.6
"""Share of a title's telling words that must stand together: titles are declared in full and printed short."""
FEWEST = 0.5
"""Share of the declared articles below which a text is another one, and not this one with some of them missing."""
SHORTER = 0.8
"""Share of the last good copy's words below which a new copy is not believed."""
FEW_WORDS = 4
"""A title of no more telling words than this must stand there whole: of "Treaty on Extradition" a part says nothing."""
_BEFORE = 12
"""Words before a title in which stands what shows that the text is about that instrument ("Report on the")."""
_STRETCH, _STRETCH_WORDS = 1.6, 4
"""A printed title takes up to so many times its declared words and so many more."""
_SHOWN = 80
"""Letters of a title that a message repeats."""
_NUMBER = re.compile(r"\d+/\d+")
"""An act's own number is the first in its title; others are those it repeals."""


class _Signs(WordFile):
    """The content of identity.yml."""

    another: WordList
    common: WordList


def _signs(language: str) -> _Signs:
    return words(language).read("identity", _Signs)


def identity(document: Document, treaty: Treaty, instrument: Instrument) -> tuple[Issue, ...]:
    """What is wrong with taking this text for that instrument; () when title, body or date, and count agree.

    Error `source-not-this-instrument`: it is another text. Warning `source-unproven`: nothing declared says how many
    articles the whole of it has, or its title is too short to know it by.
    """
    met = tuple(_not_met(document, treaty, instrument))
    if met:
        return (issue("source-not-this-instrument.other", instrument.id, why="; ".join(met)),)
    return tuple(_unproven(treaty, instrument))


def _not_met(document: Document, treaty: Treaty, instrument: Instrument) -> Iterator[str]:
    front = plain_words(_front(document, treaty))
    if (
        known_by(instrument.title, instrument, treaty.language)
        and title_share(instrument, front, treaty.language) < TITLE_SHARE
    ):
        yield f'its beginning does not call itself "{instrument.title[:_SHOWN]}"'
    elif not _placed(document, treaty, instrument):
        yield f"neither {instrument.body} nor its date ({instrument.dates.first}) stands at its beginning or end"
    found, expected = len(treaty.articles), instrument.expect.articles
    if expected and found < FEWEST * expected:
        yield f"{found} articles were found where the registry expects {expected}"


def _unproven(treaty: Treaty, instrument: Instrument) -> Iterator[Issue]:
    if not known_by(instrument.title, instrument, treaty.language):
        yield issue("source-unproven.title", instrument.id)
    elif instrument.expect.articles is None:
        yield issue("source-unproven.count", instrument.id, found=len(treaty.articles))


def shorter(before: Treaty, after: Treaty, instrument: Instrument) -> tuple[Issue, ...]:
    """Why a new copy is not believed beside the last good one: fewer articles, where no count is declared, or a text
    that has lost a share of its words."""
    articles, last = len(after.articles), len(before.articles)
    counted = [len(one.text.value.split()) for one in (before, after)]
    if instrument.expect.articles is None and articles < last:
        said = f"it has {articles} articles where the last good copy had {last}"
    elif counted[1] < SHORTER * counted[0]:
        said = f"it has {counted[1]:,} words where the last good copy had {counted[0]:,}"
    else:
        return ()
    return (issue("source-not-this-instrument.shorter", instrument.id, why=said),)


def _front(document: Document, treaty: Treaty) -> str:
    """The beginning, and the running heads of the first pages, as covers repeat themselves."""
    aside = (line.text for line in document.furniture if line.page <= 2)
    return " ".join((*treaty.text.value[:FRONT].split()[:TITLE_WORDS], *aside))


def _placed(document: Document, treaty: Treaty, instrument: Instrument) -> bool:
    """Whether one of the dates stands at the beginning or the end; or the body, where no other date is in the title."""
    text = treaty.text.value
    near, declared = f"{text[:FRONT]} {text[-BACK:]}", filter(None, instrument.dates.model_dump().values())
    met = dates_in(near, treaty.language)
    if any(_same_day(day, one) for day in declared for one in met):
        return True
    body, there = (
        telling(instrument.body, treaty.language),
        set(plain_words(_front(document, treaty))) | set(plain_words(text[-BACK:])),
    )
    return sum(word in there for word in body) >= BODY_SHARE * len(body)


def _same_day(one: str, other: str) -> bool:
    """Whether two dates are the same as far as both are known."""
    return one[: len(other)] == other[: len(one)]


def title_share(instrument: Instrument, front: list[str], language: str) -> float:
    """The share of the telling words of a title that stand near one another among the words of a text's beginning
    (1: all of them), of the full title or the short one; 0 where what stands before them shows that the text is about
    that instrument and is another."""
    titles = [one for one in (instrument.title, instrument.short_title) if known_by(one, instrument, language)]
    # The number first: of acts that amend the same act many have a title that differs in nothing else.
    if not set(_NUMBER.findall(instrument.title)[:1]) <= set(_NUMBER.findall(" ".join(front))):
        return 0.0
    return max((_share(one, instrument, front, language) for one in titles), default=0.0)


def _share(title: str, instrument: Instrument, front: list[str], language: str) -> float:
    """The lower of two shares: of the words that are the title's own, and of all; a title of few words has all."""
    own, whole = set(telling(title, language, _common(instrument, language))), set(telling(title, language))
    reach, mine = int(len(plain_words(title)) * _STRETCH) + _STRETCH_WORDS, set(plain_words(title))
    shares = [0.0]
    for start, word in enumerate(front):
        # A report on an instrument, and a protocol to it, have its whole title in theirs: what stands before it tells.
        before = set(front[max(0, start - _BEFORE) : start])
        if word in whole and not (before & set(_signs(language).another.words)) - mine:
            near = set(front[start : start + reach])
            shares.append(min(len(own & near) / len(own), len(whole & near) / len(whole)))
    return max(shares) if len(whole) > FEW_WORDS else float(max(shares) == 1)


def known_by(title: str, instrument: Instrument, language: str) -> bool:
    """Whether a title has words by which its text is told from others."""
    return bool(telling(title, language, _common(instrument, language)))


def telling(name: str, language: str, common: frozenset[str] = frozenset()) -> list[str]:
    """The words of a name that tell it from others."""
    small = naming(language).small.words
    return [one for one in dict.fromkeys(plain_words(name)) if len(one) > 2 and one not in small and one not in common]


def _common(instrument: Instrument, language: str) -> frozenset[str]:
    """Words that the titles of many instruments of one body share: the sorts of instruments, and the body's name."""
    kinds = " ".join(name for names in naming(language).kinds.words.values() for name in names)
    return frozenset(_signs(language).common.words) | frozenset(
        plain_words(f"{kinds} {instrument.body} {instrument.region}")
    )


def plain_words(text: str) -> list[str]:
    """The words of a text in order, without accents, capitals, and hyphens at line ends.

    >>> plain_words("Treaty of Kör-\\nmend, No. 3")
    ['treaty', 'of', 'kormend', 'no', '3']
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=\w)[-\xad]\s*\n\s*(?=[a-zß-ÿ])|\xad", "", text).casefold())
    return re.findall(r"\d+(?:/\d+)+|[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
