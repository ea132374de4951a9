"""How is one tar made from which Gongkai installs on a machine without a network?

``python tools/bundle.py --arch x86_64`` writes ``dist/gongkai-VERSION-linux-ARCH.tar`` holding our own wheel (with the built
style sheets, the help and the data), the wheels of every library at the locked versions for every supported Python, the
fonts (as a wheel), the licences, the checksums and ``install.sh``. Wheels are taken for glibc 2.28 at most.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
NEWEST_GLIBC = 28
ARCHITECTURES = ("x86_64", "aarch64")
# The libraries our wheel needs at run time; the lock is the one `make lock` writes.
LOCK = ROOT / "requirements" / "web.txt"
SOURCES = ("src", "pyproject.toml", "requirements", "README.md", "LICENSE")


def platforms(arch: str) -> list[str]:
    """The platform tags a machine with glibc 2.28 takes, newest first."""
    newest_first = [f"manylinux_2_{minor}_{arch}" for minor in range(NEWEST_GLIBC, 16, -1)]
    old_names = [f"manylinux2014_{arch}"]
    if arch == "x86_64":
        older = [f"manylinux_2_{minor}_{arch}" for minor in range(16, 4, -1)]
        old_names += [*older, f"manylinux2010_{arch}", f"manylinux1_{arch}"]
    return newest_first + old_names


def locked(python: str, arch: str) -> str:
    """The lock's entries that hold for one Python on one architecture, their markers resolved and dropped.

    pip judges markers by the Python it runs on, not by the one it downloads for; so they are judged here.
    """
    environment = {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "posix",
        "platform_machine": arch,
        "platform_python_implementation": "CPython",
        "platform_system": "Linux",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "linux",
    }
    kept = []
    for entry in re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8").strip()):
        if entry.startswith("#"):
            continue
        head, *hashes = (part.strip() for part in entry.replace("\\\n", "\n").splitlines())
        requirement = Requirement(head)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            pinned = f"{requirement.name}{'[' + ','.join(sorted(requirement.extras)) + ']' if requirement.extras else ''}{requirement.specifier}"
            kept.append(" ".join([pinned, *hashes]))
    return "\n".join(kept) + "\n"


def pip(*arguments: str) -> None:
    """Run pip of this environment; mirrors' warnings are not the user's concern, only errors are printed."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PIP_TARGET", "PIP_PREFIX", "PYTHONPATH"}}
    subprocess.run([sys.executable, "-m", "pip", *arguments, "-qq", "--disable-pip-version-check"], check=True, env=environment)


def download(arch: str, wheels: Path, scratch: Path) -> None:
    """Fetch the locked wheels for every supported Python into one folder; a library shared by several is kept once."""
    for python in PYTHONS:
        print(f"　　取得 Python {python}（{arch}）所用的程序库 ……", flush=True)
        lock = scratch / f"{python}.txt"
        lock.write_text(locked(python, arch), encoding="utf-8")
        tag = "cp" + python.replace(".", "")
        tags = [part for platform in platforms(arch) for part in ("--platform", platform)]
        abis = [part for abi in (tag, "abi3", "none") for part in ("--abi", abi)]
        target = ["--python-version", python, "--implementation", "cp", *abis, *tags]
        pip("download", "--require-hashes", "--no-deps", "--only-binary", ":all:", *target, "-r", str(lock), "-d", str(wheels))


def build_own_wheel(wheels: Path, scratch: Path) -> Path:
    """Build our wheel from a clean copy, so that nothing left over from an earlier build slips in."""
    copy = scratch / "source"
    copy.mkdir()
    for name in SOURCES:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy2(origin, copy / name)
    if not (copy / "src" / "gongkai_web" / "static_vendor" / ".built").is_file():
        raise SystemExit("网页样式和脚本尚未生成。请先执行 make static，然后重新制作安装包。")
    built = scratch / "own"
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(built), str(copy))
    wheel = next(built.glob("gongkai-*.whl"))
    return Path(shutil.move(str(wheel), wheels / wheel.name))


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def licences(wheels: Path) -> str:
    """One line per library: name, version, licence as its own metadata states it."""
    lines = []
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            name = next(entry for entry in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", entry))
            metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
        stated = metadata.get("License-Expression") or "；".join(
            value.rsplit("::", 1)[-1].strip() for value in metadata.get_all("Classifier", []) if value.startswith("License ::")
        )
        lines.append(
            f"{metadata['Name']} {metadata['Version']}：{stated or (metadata.get('License') or '见该库自带的许可证').splitlines()[0]}"
        )
    return "\n".join(sorted(set(lines), key=str.casefold)) + "\n"


def write_tar(folder: Path, tar: Path) -> None:
    """Pack the folder so that the same content gives the same bytes: sorted names, fixed time and owner."""
    when = int(os.environ.get("SOURCE_DATE_EPOCH", "1577836800"))
    with tarfile.open(tar, "w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                continue
            entry = archive.gettarinfo(str(path), arcname=f"{folder.name}/{path.relative_to(folder)}")
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = when, 0, 0, "root", "root"
            entry.mode = 0o755 if path.suffix == ".sh" else 0o644
            archive.addfile(entry, io.BytesIO(path.read_bytes()))


def make(arch: str) -> Path:
    """Make the bundle for one architecture and return its path."""
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        wheels = scratch / "wheels"
        wheels.mkdir()
        print("　　生成本程序的安装文件 ……", flush=True)
        own = build_own_wheel(wheels, scratch)
        version = own.name.split("-")[1]
        download(arch, wheels, scratch)
        folder = scratch / f"gongkai-{version}-linux-{arch}"
        folder.mkdir()
        shutil.move(str(wheels), folder / "wheels")
        lock = f"gongkai[web]=={version} --hash=sha256:{sha256(folder / 'wheels' / own.name)}\n" + LOCK.read_text(
            encoding="utf-8"
        )
        (folder / "requirements.txt").write_text(lock, encoding="utf-8")
        installer = (ROOT / "bundle" / "install.sh").read_text(encoding="utf-8")
        (folder / "install.sh").write_text(installer.replace("@VERSION@", version).replace("@ARCH@", arch), encoding="utf-8")
        shutil.copy2(ROOT / "bundle" / "安装说明.txt", folder)
        shutil.copy2(ROOT / "LICENSE", folder)
        (folder / "所用程序库及许可证.txt").write_text(licences(folder / "wheels"), encoding="utf-8")
        sums = [f"{sha256(path)}  {path.relative_to(folder)}" for path in sorted(folder.rglob("*")) if path.is_file()]
        (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
        tar = ROOT / "dist" / f"{folder.name}.tar"
        tar.parent.mkdir(exist_ok=True)
        write_tar(folder, tar)
    tar.with_suffix(".tar.sha256").write_text(f"{sha256(tar)}  {tar.name}\n", encoding="utf-8")
    return tar


def main() -> int:
    """Read the command line and make the bundle."""
    parser = argparse.ArgumentParser(description="制作可在没有网络的机器上安装的离线安装包。")
    parser.add_argument("--arch", choices=ARCHITECTURES, required=True, help="目标机器的处理器：x86_64 或 aarch64。")
    arguments = parser.parse_args()
    print(f"制作离线安装包（{arguments.arch}）：", flush=True)
    tar = make(arguments.arch)
    print(f"离线安装包已做成：{tar.relative_to(ROOT)}（{tar.stat().st_size / 1e6:.0f} MB），校验值在同名的 .sha256 文件中。")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
