#!/usr/bin/env bash
# How are the lock files made? From requirements/*.in, all at the versions of dev.txt, with hashes, for every platform and
# Python from 3.11 on, and without any registry's address (the registry is the user's own setting).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../requirements"
uv=../.venv/bin/uv
compile() {
    local output=$1
    shift
    # Settings of this machine (mirrors, wheel folders) must not leave a trace in the files.
    env -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS "$uv" pip compile --quiet --no-config --generate-hashes --universal \
        --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@" --output-file "$output" "${upgrade[@]}"
}
upgrade=()
[ "${1:-}" = --upgrade ] && upgrade=(--upgrade)
compile dev.txt core.in web.in build.in dev.in
upgrade=()
compile web.txt core.in web.in --constraint dev.txt
compile run.txt core.in web.in build.in --constraint dev.txt
compile bench.txt core.in web.in build.in dev.in bench.in --constraint dev.txt
