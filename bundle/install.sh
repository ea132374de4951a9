#!/bin/sh
# Installs Gongkai from this folder, without any network. Needs Python 3.11, 3.12 or 3.13 with venv, and nothing else.
#
#   sh install.sh [--dir FOLDER] [--link FOLDER] [--no-link]
#
# Every version gets its own folder below FOLDER; "current" points to the one in use, so an upgrade can be taken back.
set -eu

version='@VERSION@'
arch='@ARCH@'
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }
usage() {
    say '用法：sh install.sh [--dir 安装目录] [--link 命令目录] [--no-link]'
    say '  --dir      程序装在哪里；管理员默认 /opt/gongkai，普通用户默认 ~/.local/opt/gongkai。'
    say '  --link     gongkai 命令放在哪里；管理员默认 /usr/local/bin，普通用户默认 ~/.local/bin。'
    say '  --no-link  不放置 gongkai 命令，只装在安装目录里。'
}

if [ "$(id -u)" = 0 ]; then
    target=/opt/gongkai
    link=/usr/local/bin
else
    target=${HOME:-/nonexistent}/.local/opt/gongkai
    link=${HOME:-/nonexistent}/.local/bin
fi
while [ $# -gt 0 ]; do
    case $1 in
    --dir) [ $# -ge 2 ] || refuse '--dir 后面缺少目录。请写明程序装在哪里，例如 --dir /opt/gongkai。'; target=$2; shift ;;
    --link) [ $# -ge 2 ] || refuse '--link 后面缺少目录。请写明命令放在哪里，例如 --link /usr/local/bin。'; link=$2; shift ;;
    --no-link) link= ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; refuse "不认识的参数“$1”。请按上面的用法重新执行。" ;;
    esac
    shift
done

# A user's own Python settings must not leak into what is installed.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV 2>/dev/null || true
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1

say '【1/4】核对安装包是否完整 ……'
cd "$here"
command -v sha256sum >/dev/null 2>&1 || refuse '本机没有 sha256sum 命令，无法核对安装包。请先安装 coreutils，然后重新执行。'
sha256sum --check --quiet SHA256SUMS >/dev/null 2>&1 ||
    refuse '安装包不完整或被改动过，没有安装任何内容。请重新取得安装包，核对 .sha256 文件后再执行。'

[ "$(uname -m)" = "$arch" ] ||
    refuse "本机的处理器是 $(uname -m)，而这个安装包适用于 $arch。请换用适合本机处理器的安装包。"

python=
for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
        python=$candidate
        if "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then break; fi
    fi
done
[ -n "$python" ] || refuse '没有找到 Python 3.11、3.12 或 3.13。请先安装其中之一（也可以用 PYTHON=路径 指定），然后重新执行。'
"$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
    refuse "$python 缺少 venv 组件，无法建立独立的运行环境。请先安装，例如在 Debian 12 上安装 python3-venv，然后重新执行。"
"$python" -c '
import os, sys
name, _, number = os.confstr("CS_GNU_LIBC_VERSION").partition(" ")
sys.exit(name != "glibc" or tuple(map(int, number.split(".")[:2])) < (2, 28))' >/dev/null 2>&1 ||
    refuse '本机的 glibc 低于 2.28，程序库无法运行。请在较新的系统上安装，例如 Debian 10、统信 UOS 20、银河麒麟 V10 及以后的版本。'

say "【2/4】在 $target/$version 建立运行环境（$("$python" --version)）……"
mkdir -p "$target" 2>/dev/null && [ -w "$target" ] ||
    refuse "不能写入 $target。请用管理员身份执行，或者用 --dir 指定一个可以写入的目录。"
target=$(CDPATH='' cd -- "$target" && pwd -P)
home=$target/$version
# Rebuilt from nothing when this version was installed before; data never lies in here.
rm -rf "$home"
"$python" -m venv "$home"

say '【3/4】安装程序和程序库（不使用网络）……'
"$home/bin/python" -m pip --isolated install --quiet --no-index --find-links "$here/wheels" --require-hashes \
    --only-binary :all: -r "$here/requirements.txt" ||
    { rm -rf "$home"; refuse '程序没有装成，已经清除装了一半的内容。请把上面的提示告诉技术支持人员。'; }
installed=$("$home/bin/gongkai" --version) ||
    { rm -rf "$home"; refuse '程序装好后不能运行，已经清除。请把上面的提示告诉技术支持人员。'; }

say '【4/4】启用新版本 ……'
ln -sfn "$version" "$target/current"
if [ -n "$link" ]; then
    if mkdir -p "$link" 2>/dev/null && ln -sfn "$target/current/bin/gongkai" "$link/gongkai" 2>/dev/null; then
        say "命令 gongkai 放在 $link。"
    else
        say "不能写入 $link，没有放置命令。请直接使用 $target/current/bin/gongkai。"
    fi
fi
say "安装完成：$installed，位于 $home。"
say "打开工作台：$target/current/bin/gongkai serve；查看全部命令：$target/current/bin/gongkai --help。"
