#!/usr/bin/env bash
# Does the bundle install and serve a page on a machine without a network? `tools/try_bundle.sh dist/gongkai-….tar`
#
# Runs itself again in a network namespace of its own in which only loopback exists, so that nothing can be fetched.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tar=$(realpath "${1:?a bundle}")

if [ "${GONGKAI_OFFLINE:-}" != yes ]; then
    if [ "$(id -u)" = 0 ]; then
        exec unshare --net env GONGKAI_OFFLINE=yes "$0" "$tar"
    fi
    exec unshare --net --map-root-user env GONGKAI_OFFLINE=yes "$0" "$tar"
fi

# Raise loopback: SIOCGIFFLAGS, IFF_UP, SIOCSIFFLAGS. (iproute2 may not be there.)
python3 - <<'PYTHON'
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
    request = struct.pack("16sh14x", b"lo", 0)
    flags = struct.unpack("16sh14x", fcntl.ioctl(handle, 0x8913, request))[1]
    fcntl.ioctl(handle, 0x8914, struct.pack("16sh14x", b"lo", flags | 1))
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
except OSError:
    pass
else:
    raise SystemExit("this namespace has a network; the trial would prove nothing")
PYTHON

scratch=$(mktemp -d)
server=
tidy() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap tidy EXIT

(cd "$(dirname "$tar")" && sha256sum --check --quiet "$(basename "$tar").sha256")
tar -xf "$tar" -C "$scratch"
folder=$(echo "$scratch"/gongkai-*)
sh "$folder/install.sh" --dir "$scratch/home" --link "$scratch/bin"
# A second run replaces the same version; a damaged bundle is refused and leaves the installed one alone.
printf 'x' >>"$folder/LICENSE"
if sh "$folder/install.sh" --dir "$scratch/home" --link "$scratch/bin" >/dev/null 2>&1; then
    echo "install.sh accepted a damaged bundle" >&2
    exit 1
fi

gongkai=$scratch/bin/gongkai
cd "$scratch"
"$gongkai" --version
"$gongkai" editions
"$gongkai" serve --address 127.0.0.1:8765 --data "$scratch/data" >"$scratch/server.log" 2>&1 &
server=$!
if ! python3 - <<'PYTHON'; then
import re, time, urllib.request
base = "http://127.0.0.1:8765"
for _ in range(120):
    try:
        with urllib.request.urlopen(base + "/", timeout=5) as answer:
            page = answer.read().decode()
        break
    except OSError:
        time.sleep(0.5)
else:
    raise SystemExit("the installed server did not answer within a minute")
assert 'lang="zh' in page, "the first page is not Chinese"
assets = sorted(set(re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js))[^"]*"', page)))
assert any(name.endswith(".css") for name in assets), "the first page names no style sheet"
for name in assets:
    with urllib.request.urlopen(base + name, timeout=5) as answer:
        assert answer.status == 200 and answer.read(), name
print(f"the installed server shows its first page and {len(assets)} style sheets and scripts")
PYTHON
    cat "$scratch/server.log" >&2
    exit 1
fi
