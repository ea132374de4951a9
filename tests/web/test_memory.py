"""Does every place in which the web layer's processes keep something say why no test can learn from it what another one did?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import WEB, python, tree
from tests.web.memory import FORGOTTEN, STANDING

pytestmark = pytest.mark.without_database
CACHES = {"cache", "lru_cache"}
FILLED = {"dict", "list", "set", "OrderedDict", "defaultdict", "deque", "Counter", "WeakKeyDictionary", "WeakValueDictionary"}


def name_of(node: ast.expr) -> str:
    """The last part of a name that is called or used."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_empty(value: ast.expr | None) -> bool:
    """Whether something is made here that waits to be filled."""
    if isinstance(value, ast.Dict | ast.List):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    return isinstance(value, ast.Call) and name_of(value) in FILLED and not value.args and not value.keywords


def kept(module: ast.Module) -> Iterator[str]:
    """The names under which a module keeps something while the process lives."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and any(name_of(d) in CACHES for d in node.decorator_list):
            yield node.name
        if isinstance(node, ast.Global):
            yield from node.names
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_empty(node.value):
            yield from (t.id for t in targets if isinstance(t, ast.Name))


def in_memory() -> set[str]:
    """Everything that is kept, by its module below gongkai_web and its name."""
    paths = [path for path in python(WEB) if "migrations" not in path.parts]
    return {
        ".".join((*path.relative_to(WEB).with_suffix("").parts, name)).replace(".__init__.", ".")
        for path in paths
        for name in kept(tree(path))
    }


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("@lru_cache(maxsize=3)\ndef found(): ...", {"found"}),
        ("class A:\n    @functools.cache\n    def found(self): ...", {"found"}),
        ("_known: dict[str, int] = {}\n_kept = OrderedDict()\nWORDS = {'a': 1}\n_seen = set()", {"_known", "_kept", "_seen"}),
        ("def f():\n    global _last\n    _last = 1", {"_last"}),
        ("def f():\n    here = {}", set()),
    ],
)
def test_memory__is_noticed(source: str, names: set[str]) -> None:
    assert set(kept(ast.parse(source))) == names


def test_everything_kept__is_forgotten_between_tests_or_the_same_for_all() -> None:
    assert in_memory() == FORGOTTEN.keys() | STANDING.keys()
    assert FORGOTTEN.keys().isdisjoint(STANDING)
