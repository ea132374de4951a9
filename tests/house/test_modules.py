"""Do our modules keep the house's rules of form: docstring, size, names, imports, reasons, no clock?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.sources import CORE, ROOT, SRC, comments, nothing, python, text, tracked, tree, where

LONGEST = 400
# A module may be longer when splitting it would hide what belongs together; each with its reason.
MAY_BE_LONGER: dict[str, str] = {
    "tests/core/reading/formats/test_formats.py": "every kind of bad file and the sentence it gets stand together",
}

VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "stuff", "base_utils"}

# A module may import ours inside a function only for a reason that stands here.
MAY_IMPORT_LATE = {
    "src/gongkai_web/serve.py": "the web layer reads its settings when imported, and the command line sets them first"
}

# What asks the machine for the present moment. The core takes the day as an argument; only its command line, which
# talks to a person sitting before a clock, may ask what day it is.
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("time", "time"),
    ("time", "localtime"),
}

SILENCERS = re.compile(
    r"#\s*(?:noqa(?::[\sA-Z0-9,]+)?|type:\s*ignore(?:\[[\w\s,-]+\])?|pragma:\s*no (?:cover|branch)|nosec|fmt:\s*off)(?P<reason>.*)"
)


def written_by_django(path: Path) -> bool:
    """Whether a module is a migration, which nobody writes or reads."""
    return path.parent.name == "migrations"


def test_module__every_one_has_a_docstring() -> None:
    missing = [
        where(path)
        for path in python(SRC, ROOT / "tests" / "house", ROOT / "tools", ROOT / "bench")
        if text(path) and not written_by_django(path) and not ast.get_docstring(tree(path))
    ]

    nothing(missing)


def test_module__docstring_is_a_question() -> None:
    statements = []
    for path in python(SRC):
        docstring = ast.get_docstring(tree(path)) or ""
        if path.name == "__init__.py":
            continue  # a package says what is inside; each module answers its own question
        if not written_by_django(path) and "?" not in docstring.split("\n\n")[0]:
            statements.append(where(path))

    nothing(statements)


def test_module__stays_short_or_has_a_reason() -> None:
    ours = [path for path in python(SRC, ROOT / "tests", ROOT / "tools") if not written_by_django(path)]
    long = {where(path): len((text(path) or "").splitlines()) for path in ours}

    nothing(({name: lines for name, lines in long.items() if lines > LONGEST and name not in MAY_BE_LONGER}).items())


def test_module__long_list_names_only_long_modules() -> None:
    nothing([name for name in MAY_BE_LONGER if len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= LONGEST])


def test_module__name_says_what_is_inside() -> None:
    vague = [
        where(path)
        for path in tracked()
        if path.suffix == ".py" and (path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES)
    ]

    nothing(vague)


def test_import__none_of_ours_hides_in_a_function() -> None:
    hidden = []
    for path in python(SRC):
        if where(path) in MAY_IMPORT_LATE:
            continue
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            for node in ast.walk(function):
                names = (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
                if any(name.split(".")[0] in {"gongkai", "gongkai_web"} for name in names):
                    hidden.append(where(path, node.lineno))  # type: ignore[union-attr]  # only imports have names here

    nothing(hidden)


def test_core__asks_no_clock() -> None:
    asking = []
    for path in python(CORE):
        if path.is_relative_to(CORE / "cli"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                if (owner, node.attr) in CLOCKS:
                    asking.append(where(path, node.lineno))

    nothing(asking)


def test_silencer__every_one_has_a_reason() -> None:
    silent = []
    for path in python(SRC, ROOT / "tests", ROOT / "tools", ROOT / "bench"):
        lines = (text(path) or "").splitlines()
        for line, comment in comments(path):
            found = SILENCERS.search(comment)
            above = any(other.lstrip().startswith("#") for other in lines[max(0, line - 4) : line - 1])
            if found and not above and not re.search(r"\w{2,}", found["reason"]):
                silent.append(where(path, line))

    nothing(silent)


def test_skip__every_one_has_a_reason() -> None:
    bare = []
    for path in python(ROOT / "tests"):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"skip", "skipif", "xfail"}
            ):
                stated = [*node.args, *(word.value for word in node.keywords if word.arg == "reason")]
                if not any(isinstance(part, ast.Constant | ast.JoinedStr) and getattr(part, "value", "text") for part in stated):
                    bare.append(where(path, node.lineno))
            elif isinstance(node, ast.Attribute) and node.attr in {"skip", "xfail"} and getattr(node.value, "attr", "") == "mark":
                parent_calls = {id(call.func) for call in ast.walk(tree(path)) if isinstance(call, ast.Call)}
                if id(node) not in parent_calls:
                    bare.append(where(path, node.lineno))

    nothing(bare)
