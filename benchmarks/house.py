"""The house in numbers: files, functions, names that stand in several modules, comments, nesting.

    python benchmarks/house.py [--names] [FOLDER]

FOLDER is a source folder (without one: src/treatynlp). To compare with an earlier state, check it out beside this one
(`git worktree add ../before COMMIT`) and name its folder. `--names` lists the names that stand in several modules.
Only names at a module's top are counted, since methods are called by what they belong to. Commands of the command line
(`@click.command`) are not: nothing calls them, and their names are the contract with whoever types them.
"""

import argparse
import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.Match)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(function: Function) -> int:
    """Lines of a function without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 1 + (body[-1].end_lineno or 0) - body[0].lineno if body else 0


def depth(node: ast.AST) -> int:
    """How deep blocks stand in one another; `elif` is no deeper than its `if`."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        chained = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deepest = max(deepest, depth(child) + (isinstance(child, BLOCKS) and not chained))
    return deepest


def comments(source: str) -> int:
    """Lines that hold a comment."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len({token.start[0] for token in tokens if token.type == tokenize.COMMENT})


def is_command(function: Function) -> bool:
    """Whether a function is a command of the command line, named by what people type."""
    called = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(one, ast.Attribute) and one.attr in ("command", "group") for one in called)


def shared(homes: dict[str, set[str]]) -> dict[str, set[str]]:
    """The names that stand in more than one module."""
    return {name: places for name, places in sorted(homes.items()) if len(places) > 1}


def share(part: int, whole: int) -> str:
    """A count with its share of the whole."""
    return f"{part} of {whole} ({part / max(1, whole):.1%})"


def rows(folder: Path, names: bool) -> Iterator[str]:
    """The table, line by line."""
    texts = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    functions = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, Function)]
    classes, verbs = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for path, tree in trees.items():
        for node in tree.body:
            home = str(path.relative_to(folder))
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].add(home)
            elif isinstance(node, Function) and not node.name.startswith("_") and not is_command(node):
                verbs[node.name].add(home)
    lengths, sizes = [lines_of(one) for one in functions], [len(text.splitlines()) for text in texts.values()]
    yield f"files                     {len(sizes)}, {sum(sizes)} lines, {sum(size > 300 for size in sizes)} over 300"
    long = share(sum(length > 10 for length in lengths), len(lengths))
    yield f"functions                 {len(lengths)}, median {median(lengths):g} lines, {long} over 10"
    yield f"nesting                   {max(map(depth, functions))} at most"
    yield f"lines with a comment      {share(sum(map(comments, texts.values())), sum(sizes))}"
    yield f"class names shared        {share(len(shared(classes)), len(classes))}"
    yield f"function names shared     {share(len(shared(verbs)), len(verbs))}"
    if names:
        yield from (f"  {name}: {', '.join(sorted(at))}" for name, at in {**shared(classes), **shared(verbs)}.items())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "src" / "treatynlp")
    parser.add_argument("--names", action="store_true")
    given = parser.parse_args()
    print("\n".join(rows(given.folder.resolve(), given.names)))  # noqa: T201


if __name__ == "__main__":
    main()
