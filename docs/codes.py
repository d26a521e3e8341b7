"""Every issue code of the program, found in its source: what can be told of the data, at which stage, in which words.

A code is what is given as `code` to a class that has one (`Issue`, `Refused`, …), or to a function that passes it on to
such a class under whatever name. So a new code is found wherever it is written.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STAGES = {
    "corpus": "Declaring: registry, codebook, lexicon, labels",
    "reading/fetch": "Fetching",
    "reading": "Reading",
    "structure": "Splitting",
    "coding": "Coding",
    "comparison": "Comparing",
    "publishing": "Publishing",
    "store": "Workspace and release folder",
    "pipeline": "A run as a whole",
    "cli": "The command line",
}
"""Parts of the source, from the first that fits, and the stage a reader knows them as."""
FETCHING = ("reading/fetch", "reading/http_client", "reading/media", "reading/http_response", "reading/fetch_types")
DECLARING = ("corpus", "strict_files", "registry", "field_types", "specimens")
LEVELS = ("error", "warning", "info")
DEEP = 6
"""How many names are followed, one set to the next: a name may be set to something of itself."""
DEPENDS = "depends"
"""The level of a code that is an error at one time and only told at another."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code, the stage it belongs to, its level, and the sentence told with it; what is filled in stands as …"""

    stage: str
    code: str
    level: str
    said: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call and what surrounds it: where its names get their values."""

    node: ast.Call
    function: Function | None
    module: ast.Module
    stage: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A class that has a code, or a function that passes one on: at which place it takes what (None: not at all)."""

    code: int
    level: int | None
    said: int | None
    fixed: str = ""

    @classmethod
    def of(cls, names: list[str], code: str = "code", fixed: str = "") -> "Maker":
        """The maker whose parameters have these names; `fixed` is the level of all it makes."""
        said = next((names.index(one) for one in ("message", "said", "why") if one in names), None)
        return cls(names.index(code), names.index("level") if "level" in names else None, said, fixed)


Makers = dict[str, Maker]


@cache
def harvested(source: Path) -> tuple[Code, ...]:
    """Every code under a source folder, once for each stage, by stage and name; the longest sentence is kept."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(source.rglob("*.py"))}
    calls = [call for path, tree in trees.items() for call in _calls(tree, stage_of(path.relative_to(source)))]
    makers = _passing_on(calls, _classes(trees.values()))
    best: dict[tuple[str, str], Code] = {}
    for one in (code for call in calls for code in _codes(call, makers)):
        known = best.get((one.stage, one.code))
        if known is None or len(known.said) < len(one.said):
            best[one.stage, one.code] = one
    return tuple(sorted(best.values()))


def stage_of(path: Path) -> str:
    """The stage a file of the source belongs to.

    >>> stage_of(Path("reading/http_client.py")), stage_of(Path("reading/pdf.py")), stage_of(Path("strict_files.py"))
    ('Fetching', 'Reading', 'Declaring: registry, codebook, lexicon, labels')
    """
    name = path.with_suffix("").as_posix()
    if name in FETCHING:
        return STAGES["reading/fetch"]
    return STAGES["corpus"] if name in DECLARING else STAGES.get(name.partition("/")[0], STAGES["pipeline"])


def _calls(module: ast.Module, stage: str) -> Iterator[Call]:
    def walk(node: ast.AST, function: Function | None) -> Iterator[Call]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield Call(child, function, module, stage)
            yield from walk(child, child if isinstance(child, Function) else function)

    return walk(module, None)


def _classes(trees: Iterable[ast.Module]) -> Makers:
    """The classes with a `code`, and at which place it is given to them."""
    found: Makers = {}
    for node in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        fields = [_name(one.target) for one in node.body if isinstance(one, ast.AnnAssign)]
        starts = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
        names = [arg.arg for arg in starts[0].args.args[1:]] if starts else fields
        if "code" in names:
            found[node.name] = Maker.of(names)
    return found


def _passing_on(calls: list[Call], makers: Makers) -> Makers:
    """The makers, and the functions that pass a parameter of theirs on as the code, and those that call these."""
    for call in calls:
        given = _given(call, makers)
        names = [arg.arg for arg in call.function.args.args] if call.function else []
        if call.function and isinstance(given, ast.Name) and given.id in names and call.function.name not in makers:
            return _passing_on(calls, makers | {call.function.name: Maker.of(names, given.id, _level(call, makers))})
    return makers


def _given(call: Call, makers: Makers) -> ast.expr | None:
    """What the call gives as code, if it is a call that takes one."""
    name = _name(call.node.func)
    named = next((word.value for word in call.node.keywords if word.arg == "code"), None)
    if name not in makers or named is not None:
        return named if name in makers else None
    return _argument(call, makers[name].code)


def _argument(call: Call, at: int | None) -> ast.expr | None:
    return call.node.args[at] if at is not None and len(call.node.args) > at else None


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _codes(call: Call, makers: Makers) -> Iterator[Code]:
    given = _given(call, makers)
    if given is None:
        return
    words = _argument(call, makers[_name(call.node.func)].said)
    said = next(iter(_sentence(words, call)), "") if words else ""
    for code in _texts(given, call):
        if re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code) and code not in LEVELS:
            yield Code(call.stage, code, _level(call, makers) or DEPENDS, said)


def _level(call: Call, makers: Makers) -> str:
    """The level of what the call makes, as far as the source shows it."""
    maker = makers[_name(call.node.func)]
    given = _argument(call, maker.level)
    levels = [one for one in (_texts(given, call) if given else []) if one in LEVELS]
    return " or ".join(dict.fromkeys(levels)) or maker.fixed


def _sentence(node: ast.expr, call: Call, deep: int = DEEP) -> list[str]:
    """The sentence told: of a name, what it was set to last above the call; of other expressions, the names in them."""
    if not deep:
        return []
    if isinstance(node, ast.Name):
        above = [value for value in _assigned(node.id, call) if value.lineno <= call.node.lineno]
        return _sentence(max(above, key=lambda value: value.lineno), call, deep - 1) if above else []
    inner = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    return _texts(node, call) or [text for part in inner for text in _sentence(part, call, deep - 1)]


def _texts(node: ast.expr, call: Call, deep: int = DEEP) -> list[str]:
    """Every text an expression can be, as far as the source shows it; what is filled in stands as …"""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)]
    if isinstance(node, ast.BinOp):
        return [one + other for one in _texts(node.left, call) for other in _texts(node.right, call) or ["…"]]
    return [text for part in _choices(node, call) for text in _texts(part, call, deep - 1)] if deep else []


def _choices(node: ast.expr, call: Call) -> Iterator[ast.expr]:
    """What an expression can stand for: the sides of a choice, what a name was set to, what a function gives back."""
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.BoolOp):
        yield from node.values
    elif isinstance(node, ast.Name):
        yield from _assigned(node.id, call)
    else:
        yield from _returned(node, call)


def _returned(node: ast.expr, call: Call) -> Iterator[ast.expr]:
    """What a function of the same file gives back."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        for one in call.module.body:
            if isinstance(one, Function) and one.name == node.func.id and one is not call.function:
                yield from (part.value for part in ast.walk(one) if isinstance(part, ast.Return) and part.value)


def _assigned(name: str, call: Call) -> Iterator[ast.expr]:
    """What a name is set to, in the function or at the module's top; of a tuple, the part that has this name."""
    places = [call.function, call.module] if call.function else [call.module]
    for place in places:
        body = ast.walk(place) if isinstance(place, Function) else place.body
        for one in body:
            if isinstance(one, ast.Assign | ast.AnnAssign) and one.value:
                for target in one.targets if isinstance(one, ast.Assign) else [one.target]:
                    yield from _part(name, target, one.value, call)


def _part(name: str, target: ast.expr, value: ast.expr, call: Call) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        at = [_name(part) for part in target.elts]
        if name in at:
            yield from (one.elts[at.index(name)] for one in _tuples(value, call) if len(one.elts) == len(at))


def _tuples(value: ast.expr, call: Call) -> Iterator[ast.Tuple]:
    """The tuples an expression can be: itself, or one out of a table of tuples (`TABLE.get(key, other)`)."""
    if isinstance(value, ast.Tuple):
        yield value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        yield from (arg for arg in value.args if isinstance(arg, ast.Tuple))
        for table in _assigned(_name(value.func.value), call):
            if isinstance(table, ast.Dict):
                yield from (one for one in table.values if isinstance(one, ast.Tuple))
