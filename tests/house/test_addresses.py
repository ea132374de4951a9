"""Does the repository name no registry, no CDN and no folder of somebody's machine, and carry nobody else's code?"""

from __future__ import annotations

import json
import re

from tests.house.sources import ROOT, SRC, nothing, text, tracked, where

# Written in two halves so that this file does not name them itself.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "npm" + "mirror",
    "jsdeliv" + "r.",
    "unpkg" + ".com",
    "cdn" + "js.",
    "boot" + "cdn",
    "static" + "file.org",
    "google" + "apis",
    "tuna.tsing" + "hua",
    "mirrors.ali" + "yun",
    "deb.deb" + "ian.org",
]
MACHINE_FOLDERS = ["/opt" + "/pypi", "/opt" + "/wheels", "/root" + "/", "/home" + "/", "/work" + "/main", "/work" + "/shared"]


def test_repository__names_no_registry_and_no_cdn() -> None:
    named = [f"{where(path)}: {host}" for path in tracked() for host in HOSTS if host in (text(path) or "")]

    nothing(named)


def test_repository__names_no_folder_of_a_machine() -> None:
    named = [f"{where(path)}: {folder}" for path in tracked() for folder in MACHINE_FOLDERS if folder in (text(path) or "")]

    nothing(named)


def test_lock_file__python_one_has_only_pinned_names_and_hashes() -> None:
    shape = re.compile(r"^[a-z0-9][a-z0-9-]*(\[[a-z0-9,-]+\])?==\S+( ; .+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+$")
    odd = []
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        odd += [f"{where(path)}: {entry}" for entry in re.split(r"\n(?=\S)", path.read_text().strip()) if not shape.match(entry)]

    nothing(odd)


def test_lock_file__users_versions_are_the_tested_versions() -> None:
    def entries(name: str) -> set[str]:
        return set(re.split(r"\n(?=\S)", (ROOT / "requirements" / name).read_text().strip()))

    assert entries("web.txt") <= entries("run.txt") <= entries("dev.txt")


def test_lock_file__every_wanted_library_is_locked() -> None:
    missing = []
    for wanted, lock in (("core", "web"), ("web", "web"), ("build", "run"), ("dev", "dev")):
        locked = {
            line.split("==")[0].split("[")[0]
            for line in (ROOT / f"requirements/{lock}.txt").read_text().splitlines()
            if "==" in line
        }
        for line in (ROOT / f"requirements/{wanted}.in").read_text().splitlines():
            name = re.split(r"[\[<>=~! ;]", line.split("#")[0].strip())[0].lower().replace("_", "-").replace(".", "-")
            if name and name not in locked:
                missing.append(f"{wanted}.in: {name}")

    nothing(missing)


def test_lock_file__javascript_one_has_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}

    assert fetched
    assert [
        name
        for name, package in fetched.items()
        if "resolved" in package or not package.get("integrity", "").startswith("sha512-")
    ] == []


def test_repository__carries_no_built_or_minified_code() -> None:
    built = [
        where(path) for path in tracked() if path.name.endswith((".min.js", ".min.css", ".map", ".whl", ".woff2", ".ttf", ".otf"))
    ]
    dense = [
        where(path)
        for path in tracked()
        if path.suffix in {".js", ".css", ".mjs"} and any(len(line) > 500 for line in (text(path) or "").splitlines())
    ]

    nothing(built + dense)


def test_page__loads_nothing_from_elsewhere() -> None:
    foreign = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](?:https?:)?//""")
    loading = [where(path) for path in tracked() if path.is_relative_to(SRC) and foreign.search(text(path) or "")]

    nothing(loading)
