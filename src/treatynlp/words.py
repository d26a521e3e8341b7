"""The words of a language, by which texts in it are taken apart and coded: the files of corpus/words/<language>/.

A language is a folder: articles, divisions and annexes, numbers in words, months, what points and what defines are
lists there, with reasons; a package says with a model which file it reads and what must stand in it.

>>> class Numbers(WordFile):
...     model_config = ConfigDict(extra="ignore")
...     tens: WordList
>>> words("en").read("numbers", Numbers).tens.words[:2]
('twenty', 'thirty')
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from yaml import YAMLError

from treatynlp.errors import DataError, Issue, issue
from treatynlp.home import home
from treatynlp.packaged_yaml import load_yaml


class WordFile(BaseModel):
    """The content of a file of words: what the model does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reasoned(WordFile):
    """A list that says `why`: what it decides, and where it was seen."""

    why: str


class WordList(Reasoned):
    """Words, or parts of patterns, with the reason they stand there."""

    words: tuple[str, ...]


class Template(Reasoned):
    """A pattern with {names} that stand for lists of words: the order of words is a language's own."""

    pattern: str


T = TypeVar("T", bound=WordFile)

_FIRST = "en"
"""The language whose folder shows which files there are."""


@dataclass(frozen=True, slots=True)
class Words:
    """The files of one language."""

    language: str
    folder: Path

    def read(self, name: str, kind: type[T]) -> T:
        """The content of the file called `name`, as the model says. DataError when it is not so."""
        return cast(T, _read(self.folder, name, kind))


@cache
def words(language: str) -> Words:
    """The words of a language, by its code ("en").

    DataError where texts in it cannot be taken apart: there is no folder, or one with only what tells it from others.
    """
    folder = home() / "corpus" / "words" / language
    if language not in language_codes():
        raise DataError(
            issue("language-unsupported.words", language, language=language, known=", ".join(language_codes()))
        )
    return Words(language, folder)


@cache
def shared_words() -> Words:
    """What is written alike in every language: the files of corpus/words/ that stand in no language's folder."""
    return Words("", home() / "corpus" / "words")


@cache
def language_codes() -> tuple[str, ...]:
    """The codes of the languages whose texts can be taken apart: those whose folder is whole."""
    return tuple(one.language for one in told_languages() if not _lacking(one))


def unfinished_languages() -> tuple[Issue, ...]:
    """A row for each folder that was begun and lacks files: texts in its language are told, and not taken apart."""
    begun = ((one, _lacking(one)) for one in told_languages() if len(_files(one)) > 1)
    return tuple(
        issue("words-missing", f"corpus/words/{one.language}", files=", ".join(lacking))
        for one, lacking in begun
        if lacking
    )


def _lacking(one: Words) -> list[str]:
    # What a language needs is what the first one has: a list of its own would be forgotten when a file is added. A
    # folder that was half written once ended the reading of every treaty, in whatever language.
    return sorted(_files(Words(_FIRST, one.folder.parent / _FIRST)) - _files(one))


def _files(one: Words) -> set[str]:
    return {path.name for path in one.folder.glob("*.yml")}


@cache
def told_languages() -> tuple[Words, ...]:
    """The languages a text can be told to be in; of most of them, that is all that is known (language.yml)."""
    return tuple(Words(file.parent.name, file.parent) for file in sorted(shared_words().folder.glob("*/language.yml")))


def filled(pattern: str, **parts: str) -> str:
    """A pattern of a word file with {name} put in; other braces are the pattern's own.

    >>> filled("{here} x{2}", here="this")
    'this x{2}'
    """
    # Not `str.format`: patterns are full of braces that count repetitions.
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


@cache
def _read(folder: Path, name: str, kind: type[WordFile]) -> WordFile:
    # By folder and name: this is asked at every line, and putting the path together alone took a quarter of a split.
    file = folder / f"{name}.yml"
    try:
        content = load_yaml(file.read_text(encoding="utf-8")) or {}
        # Files say `and` and `or` as people would; a field of a model cannot be called like a word of Python.
        said = {f"{key}_" if key in ("and", "or") else key: value for key, value in dict(content).items()}
        return kind.model_validate(said)
    except (OSError, ValueError, TypeError, YAMLError) as error:
        where = f"corpus/words/{file.relative_to(shared_words().folder)}"
        raise DataError(issue("words-faulty", where, reason=_reason(error))) from None


def _reason(error: Exception) -> str:
    """The first fault of a file, on one line: at which key, where a model says it."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return " ".join(str(error).split())
