"""Does the offline bundle hold what its target needs, and does its installer refuse what cannot work?"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tools import bundle


def names(lock: str) -> set[str]:
    return {re.split(r"[\[=]", line)[0] for line in lock.splitlines()}


@pytest.mark.parametrize("arch", bundle.ARCHITECTURES)
@pytest.mark.parametrize("python", bundle.PYTHONS)
def test_lock__one_target_gets_each_library_once_with_hashes(python: str, arch: str) -> None:
    lines = bundle.locked(python, arch).splitlines()

    assert len(names("\n".join(lines))) == len(lines)
    assert names("\n".join(lines)) >= {"django", "lxml", "granian", "pylopdf-fonts-zh-cn", "typst"}
    assert all(re.fullmatch(r"\S+==\S+( --hash=sha256:[0-9a-f]{64})+", line) for line in lines)


def test_lock__markers_are_judged_for_the_target_and_not_for_this_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = f"    --hash=sha256:{'0' * 64}"
    entries = [
        "older==1.0 ; python_full_version < '3.12'",
        "newer==2.0 ; python_full_version >= '3.12'",
        "windows==3.0 ; sys_platform == 'win32'",
        "arm==4.0 ; platform_machine == 'aarch64'",
        "all-of-them[extra]==5.0",
    ]
    monkeypatch.setattr(bundle, "LOCK", tmp_path / "lock.txt")
    bundle.LOCK.write_text("".join(f"{entry} \\\n{digest}\n" for entry in entries))

    assert names(bundle.locked("3.11", "x86_64")) == {"older", "all-of-them"}
    assert names(bundle.locked("3.12", "aarch64")) == {"newer", "arm", "all-of-them"}


@pytest.mark.parametrize("arch", bundle.ARCHITECTURES)
def test_platform__none_is_newer_than_glibc_2_28(arch: str) -> None:
    tags = bundle.platforms(arch)

    assert tags[0] == f"manylinux_2_28_{arch}"
    assert all(int(tag.split("_")[2]) <= 28 for tag in tags if tag.startswith("manylinux_2_"))
    assert all(tag.endswith(arch) for tag in tags)


def test_tar__same_content_gives_same_bytes(tmp_path: Path) -> None:
    digests = []
    for attempt in ("first", "second"):
        folder = tmp_path / attempt / "gongkai-1"
        (folder / "wheels").mkdir(parents=True)
        (folder / "install.sh").write_text("#!/bin/sh\n")
        (folder / "wheels" / "a.whl").write_bytes(b"wheel")
        bundle.write_tar(folder, tmp_path / f"{attempt}.tar")
        digests.append(hashlib.sha256((tmp_path / f"{attempt}.tar").read_bytes()).hexdigest())
    with tarfile.open(tmp_path / "first.tar") as archive:
        modes = {entry.name: entry.mode for entry in archive}

    assert digests[0] == digests[1]
    assert modes == {"gongkai-1/install.sh": 0o755, "gongkai-1/wheels/a.whl": 0o644}


# ---- install.sh ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A bundle's folder without wheels, its checksums right, for this machine's processor."""
    folder = tmp_path / "gongkai-9.9"
    folder.mkdir()
    machine = subprocess.run(["uname", "-m"], capture_output=True, text=True, check=True).stdout.strip()
    script = (ROOT / "bundle" / "install.sh").read_text(encoding="utf-8")
    (folder / "install.sh").write_text(script.replace("@VERSION@", "9.9").replace("@ARCH@", machine), encoding="utf-8")
    (folder / "LICENSE").write_text("words\n")
    sign(folder)
    return folder


def sign(folder: Path) -> None:
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
        for path in sorted(folder.iterdir())
        if path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n")


def install(folder: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path or "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder.parent / "home"), "LC_ALL": "C.UTF-8"}
    command = ["/bin/sh", str(folder / "install.sh"), "--dir", str(folder.parent / "target"), "--no-link", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_installer__damaged_bundle_is_refused_and_nothing_is_installed(unpacked: Path) -> None:
    (unpacked / "LICENSE").write_text("other words\n")

    done = install(unpacked)

    assert done.returncode == 1
    assert "安装包不完整或被改动过，没有安装任何内容。" in done.stderr
    assert not (unpacked.parent / "target").exists()


def test_installer__other_processor_is_refused(unpacked: Path) -> None:
    script = unpacked / "install.sh"
    script.write_text(
        re.sub(r"^arch='.*'$", "arch='riscv64'", script.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
    )
    sign(unpacked)

    done = install(unpacked)

    assert done.returncode == 1
    assert "这个安装包适用于 riscv64" in done.stderr


def test_installer__machine_without_python_is_told_what_to_install(unpacked: Path, tmp_path: Path) -> None:
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("sh", "id", "dirname", "sha256sum", "uname", "pwd"):
        found = subprocess.run(["/bin/sh", "-c", f"command -v {name}"], capture_output=True, text=True, check=True).stdout.strip()
        if found.startswith("/"):
            (commands / name).symlink_to(found)

    done = install(unpacked, path=str(commands))

    assert done.returncode == 1
    assert "没有找到 Python 3.11、3.12 或 3.13。请先安装其中之一" in done.stderr


def test_installer__unknown_argument_is_named(unpacked: Path) -> None:
    done = install(unpacked, "--everything")

    assert done.returncode == 1
    assert "不认识的参数“--everything”。" in done.stderr


def test_installer__half_an_installation_is_cleared_away(unpacked: Path) -> None:
    (unpacked / "requirements.txt").write_text(f"gongkai==9.9 --hash=sha256:{'0' * 64}\n")
    (unpacked / "wheels").mkdir()

    done = install(unpacked)

    if "没有找到 Python" in done.stderr or "缺少 venv" in done.stderr:
        pytest.skip("the system's own Python is too old or has no venv")
    assert done.returncode == 1
    assert "已经清除装了一半的内容。" in done.stderr
    assert list((unpacked.parent / "target").iterdir()) == []


def test_installer__every_message_is_a_whole_chinese_sentence() -> None:
    script = (ROOT / "bundle" / "install.sh").read_text(encoding="utf-8")
    messages = re.findall(r"refuse ['\"](.+?)['\"](?:;| *$|\n)", script, flags=re.MULTILINE)

    assert len(messages) >= 10
    assert [message for message in messages if not message.endswith("。") or not re.search(r"[\u4e00-\u9fff]", message)] == []
