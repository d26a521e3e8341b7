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

from pydantic import BaseModel, ConfigDict

from treatynlp.errors import DataError, issue
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


@dataclass(frozen=True, slots=True)
class Words:
    """The files of one language."""

    language: str
    folder: Path

    def read(self, name: str, kind: type[T]) -> T:
        """The content of the file called `name`, as the model says. ValueError (pydantic's) when it is not so."""
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
    """The codes of the languages whose texts can be taken apart."""
    return tuple(one.language for one in told_languages() if len(list(one.folder.iterdir())) > 1)


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
    content = load_yaml((folder / f"{name}.yml").read_text(encoding="utf-8"))
    # Files say `and` and `or` as people would; a field of a model cannot be called like a word of Python.
    return kind.model_validate({f"{key}_" if key in ("and", "or") else key: value for key, value in content.items()})
