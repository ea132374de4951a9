"""Which old office files does a test hand in? Containers written here stream by stream."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def container(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams by path; each is padded so that it stands in whole sectors."""
    entries = _tree(streams)
    body, fat = b"", []
    for entry in entries:
        data = entry["data"]
        if data is None:
            continue
        data = data + bytes(max(0, 4096 - len(data)))
        entry["size"] = len(data)
        entry["start"] = len(fat)
        sectors = -(-len(data) // _SECTOR)
        fat += [len(fat) + i + 1 for i in range(sectors - 1)] + [_END]
        body += data + bytes(sectors * _SECTOR - len(data))
    directory = b"".join(_entry(entry) for entry in entries)
    directory += b"".join(_blank() for _ in range(-len(entries) % 4))
    first = len(fat)
    count = len(directory) // _SECTOR
    fat += [first + i + 1 for i in range(count - 1)] + [_END]
    tables = 1
    while (len(fat) + tables) * 4 > tables * _SECTOR:
        tables += 1
    where = list(range(len(fat), len(fat) + tables))
    fat += [_FAT] * tables
    table = b"".join(struct.pack("<I", n) for n in fat) + struct.pack("<I", _FREE) * (tables * 128 - len(fat))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, _END, 0, _END, 0)
    head += b"".join(struct.pack("<I", n) for n in where) + struct.pack("<I", _FREE) * (109 - tables)
    return head + body + directory + table


def _tree(streams: dict[str, bytes]) -> list[dict]:
    """Directory entries: the root, storages and streams; siblings hang in a chain to the right, in the format's order."""
    entries: list[dict] = [{"name": "Root Entry", "kind": 5, "path": "", "data": None}]
    paths = {"": 0}
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            own = "/".join(parts[:depth])
            if own not in paths:
                leaf = depth == len(parts)
                paths[own] = len(entries)
                entries.append({"name": parts[depth - 1], "kind": 2 if leaf else 1, "path": own, "data": data if leaf else None})
    for path, index in paths.items():
        children = [(e["name"], i) for i, e in enumerate(entries) if i and e["path"].rpartition("/")[0] == path]
        children.sort(key=lambda child: (len(child[0]), child[0].upper()))
        entries[index]["child"] = children[0][1] if children else _NONE
        for at, (_, i) in enumerate(children):
            entries[i]["right"] = children[at + 1][1] if at + 1 < len(children) else _NONE
    return entries


def _entry(entry: dict) -> bytes:
    name = entry["name"].encode("utf-16-le") + b"\x00\x00"
    head = name.ljust(64, b"\x00") + struct.pack("<HBB", len(name), entry["kind"], 1)
    links = struct.pack("<III", _NONE, entry.get("right", _NONE), entry.get("child", _NONE))
    start = entry.get("start", _END if entry["kind"] == 5 else 0)
    return head + links + bytes(16) + bytes(4) + bytes(16) + struct.pack("<IQ", start, entry.get("size", 0))


def _blank() -> bytes:
    return bytes(68) + struct.pack("<III", _NONE, _NONE, _NONE) + bytes(48)


def summary(author: str) -> bytes:
    """A summary stream that names an author."""
    words = author.encode("utf-8") + b"\x00"
    words += bytes(-len(words) % 4)
    section = struct.pack("<III", 0, 2, 1) + struct.pack("<I", 24) + struct.pack("<II", 4, 40 + 0)
    section = struct.pack("<II", 16 + 8 + 8 + 8 + len(words), 2)
    section += struct.pack("<II", 1, 24) + struct.pack("<II", 4, 32)
    section += struct.pack("<Ihh", 2, -535, 0)
    section += struct.pack("<II", 30, len(words)) + words
    head = struct.pack("<HHI", 0xFFFE, 0, 0x00020006) + bytes(16) + struct.pack("<I", 1)
    return head + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9") + struct.pack("<I", 48) + section


def old_doc(*, locked: bool = False, author: str = "", **streams: bytes) -> bytes:
    head = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0, 0, 0x0100 if locked else 0)
    return container({"WordDocument": head + bytes(5000), "\x05SummaryInformation": summary(author), **streams})


def old_xls(*, sheet_type: int = 0, hidden: int = 0, locked: bool = False, author: str = "") -> bytes:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    book = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    if locked:
        book += record(0x2F, bytes(6))
    book += record(0x85, struct.pack("<IBBBB", 0, hidden, sheet_type, 1, 0) + b"A") + record(0x0A, b"")
    return container({"Workbook": book, "\x05SummaryInformation": summary(author)})


def old_ppt(*words: str, author: str = "") -> bytes:
    def atom(kind: int, body: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHI", version, kind, len(body)) + body

    texts = b"".join(atom(0x0FA0, word.encode("utf-16-le")) for word in words)
    return container({"PowerPoint Document": atom(1000, atom(0x0FF0, texts, 15), 15), "\x05SummaryInformation": summary(author)})
