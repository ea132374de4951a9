"""Does everything sent to a browser work in Chromium 89, the oldest that offices run?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import WEB, nothing

# feature: (pattern, the Chromium that brought it)
CSS = {
    "color-mix()": (r"color-mix\(", 111),
    "light-dark()": (r"light-dark\(", 123),
    "oklch()/oklab()": (r"okl(?:ch|ab)\(", 111),
    ":has()": (r":has\(", 105),
    "@container": (r"@container\b", 105),
    "@layer": (r"@layer\b", 99),
    "@scope": (r"@scope\b", 118),
    "nesting": (r"[{;]\s*&", 112),
    "subgrid": (r"\bsubgrid\b", 117),
    "dvh, svh, lvh": (r"\d[dsl]v[hw]\b", 108),
    "cqw": (r"\dcq[whib]\b", 105),
    "accent-color": (r"accent-color\s*:", 93),
    "text-wrap: balance": (r"text-wrap\s*:", 114),
    "range media query": (r"@media[^{]*\(\s*(?:width|height)\s*[<>]", 104),
    "individual transforms": (r"[{;]\s*(?:translate|rotate|scale)\s*:", 104),
    "inert": (r"\[inert\]", 102),
}
SCRIPT = {
    ".at()": (r"\.at\(", 92),
    "Object.hasOwn": (r"Object\.hasOwn\(", 93),
    "findLast": (r"\.findLast(?:Index)?\(", 97),
    "structuredClone": (r"\bstructuredClone\(", 98),
    "crypto.randomUUID": (r"\.randomUUID\(", 92),
    "toSorted, toReversed, with": (r"\.to(?:Sorted|Reversed|Spliced)\(", 110),
    "Array.fromAsync": (r"Array\.fromAsync", 121),
    "Object.groupBy": (r"(?:Object|Map)\.groupBy", 117),
    "Promise.withResolvers": (r"Promise\.withResolvers", 119),
    "AbortSignal.timeout": (r"AbortSignal\.(?:timeout|any)", 103),
    "static block": (r"\bstatic\s*\{", 94),
    "regular expression flag d or v": (r"/[a-z]*[dv][a-z]*\.(?:test|exec)\(", 90),
    "dialog.showModal": (r"\.showModal\(", 37),
    "popover": (r"\.(?:show|toggle|hide)Popover\(", 114),
    "replaceChildren": (r"\.replaceChildren\(", 86),
}
FLOOR = 89
# A feature may stand in a file that asks for it first and does without it; each with its reason.
GUARDED: dict[tuple[str, str], str] = {
    ("desk.css", "accent-color"): "an older browser skips it and draws ticks in its own colour",
}


def served(suffix: str) -> list[Path]:
    """The style sheets or scripts the web layer sends: built ones and our own."""
    return sorted(path for folder in (WEB / "static_vendor", WEB / "ui" / "static") for path in folder.rglob(f"*{suffix}"))


def too_new(words: str, features: dict[str, tuple[str, int]]) -> list[str]:
    return [name for name, (pattern, since) in features.items() if since > FLOOR and re.search(pattern, words)]


def beyond(suffix: str, features: dict[str, tuple[str, int]]) -> dict[str, list[str]]:
    found = {}
    for path in served(suffix):
        words = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        features_found = [name for name in too_new(words, features) if (path.name, name) not in GUARDED]
        if features_found:
            found[str(path.relative_to(WEB))] = features_found
    return found


def test_style_sheet__uses_nothing_newer_than_the_floor() -> None:
    assert any(path.name == "bootstrap.min.css" for path in served(".css")), "make static builds the style sheets first"
    nothing((beyond(".css", CSS)).items())


def test_script__uses_nothing_newer_than_the_floor() -> None:
    assert {path.name for path in served(".js")} >= {"bootstrap.min.js", "echarts.min.js", "htmx.min.js"}
    nothing((beyond(".js", SCRIPT)).items())


@pytest.mark.parametrize(
    "words", ["a{color:color-mix(in srgb,red,blue)}", "a{color:red;&:hover{color:blue}}", "main{min-height:100dvh}"]
)
def test_style_sheet__a_newer_one_is_caught(words: str) -> None:
    assert too_new(words, CSS)


@pytest.mark.parametrize("words", ["rows.at(-1)", "Object.hasOwn(a,b)", "class A{static {}}"])
def test_script__a_newer_one_is_caught(words: str) -> None:
    assert too_new(words, SCRIPT)
