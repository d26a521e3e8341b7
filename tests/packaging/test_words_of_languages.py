"""Words of a language stand in corpus/words/ and not in code: strings of the packages are looked through for English.

A readable sign, no proof: in a pattern or a tuple of words, one of the function words below, whole and in small
letters. What is a sentence for people (an issue, an error, a docstring) is none of these.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from treatynlp import words as words_module
from treatynlp.errors import DataError
from treatynlp.words import WordFile, WordList, Words, language_codes, unfinished_languages, words

PACKAGE = Path(__file__).parents[2] / "src" / "treatynlp"
FUNCTION_WORDS = (
    "the",
    "this",
    "that",
    "these",
    "of",
    "by",
    "shall",
    "which",
    "within",
    "under",
    "preceding",
    "hereof",
)
_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(FUNCTION_WORDS)})(?![\w-])")
_MEANT = re.compile(r"\\[sbwd]|\(\?|\[\^|\|")
"""What only stands in the text of a pattern."""

FORMATS = {"reading/word.py": "the names of Word's own styles are English in every file"}
"""What only looks like a language's words: file, and why."""


def patterns(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings that are patterns, by their signs; docstrings left out."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in docstrings:
            continue
        said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        prose = "\n" in said or said.startswith("|") or re.search(r"[.!?]\s|: \{", said)
        if _MEANT.search(said) and not prose:
            yield node.lineno, re.sub(r"\?P<\w+>", "", said)  # names of groups are the program's own


def listed(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The words and phrases of tuples, lists and sets; what is longer than four words is a sentence for people."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
            words = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(words) == len(node.elts):
                yield from ((node.lineno, word) for word in words if len(word.split()) <= 4)


def met(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(line, text[:60]) for line, text in (*patterns(tree), *listed(tree)) if _WORD.search(text)]


FILES = [path for name in ("reading", "structure", "coding") for path in sorted((PACKAGE / name).glob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_english_in_code(path: Path) -> None:
    if str(path.relative_to(PACKAGE)) in FORMATS:
        assert met(path), "it holds none of these words any more: take it off the list"
        return
    assert met(path) == [], "put the words into corpus/words/en/ and every other language, and read them from there"


def test_a_new_word_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "new.py"
    file.write_text('import re\nA = re.compile(r"\\bof\\s+the\\b")\nB = ("shall", "may")\nC = "Told of the keeper."\n')
    assert [line for line, _ in met(file)] == [2, 3]


# ---- folders -----------------------------------------------------------------------------------------------------


class Numbers(WordFile):
    units: WordList


class Recognition(WordFile):
    tesseract: WordList


def test_a_folder_half_written_is_told_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(words("en").folder.parent, tmp_path / "corpus" / "words")
    half = tmp_path / "corpus" / "words" / "fr"
    (half / "parts.yml").unlink()
    (half / "numbers.yml").write_text("units: {why: one, words: [un\n", "utf-8")
    (half / "recognition.yml").write_text("tesseract: {why: its name}\n", "utf-8")
    monkeypatch.setattr(words_module, "home", lambda: tmp_path)
    made = [value for value in vars(words_module).values() if hasattr(value, "cache_clear")]
    try:
        for one in made:
            one.cache_clear()
        (row,) = unfinished_languages()
        assert (row.code, row.where, "lacks parts.yml" in row.message) == ("words-missing", "corpus/words/fr", True)
        assert language_codes() == ("en",)
        folder = Words("fr", half)
        for name, kind, why in (("numbers", Numbers, "line 2"), ("recognition", Recognition, "tesseract.words")):
            with pytest.raises(DataError, match=rf"words-faulty\] corpus/words/fr/{name}.yml.*{why}"):
                folder.read(name, kind)
    finally:
        for one in made:
            one.cache_clear()
