"""Words of a language stand in corpus/words/ and not in code: strings of the packages are looked through for English.

A readable sign, no proof: in a pattern or a tuple of words, one of the function words below, whole and in small
letters. What is a sentence for people (an issue, an error, a docstring) is none of these.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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
