"""How is an office package taken apart, changed and put together again with nothing in it that nothing refers to?"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml import etree

from gongkai.errors import Unreadable
from gongkai.reading.limits import MAX_PART, Package, damaged, xml_tree
from gongkai.reading.ooxml import local_name

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "urn:schemas-microsoft-com:office:office",  # o:relid of drawings in VML
)
_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: whose, its id, the last part of its type, the part it leads to, or the address outside."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


@dataclass
class Parts:
    """The parts of a package by name. XML parts are held as trees once asked for."""

    raw: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.raw

    @property
    def names(self) -> tuple[str, ...]:
        """Every part's name but those of relationships and content types."""
        return tuple(name for name in self.raw if name != _TYPES and not name.endswith(".rels"))

    def tree(self, name: str) -> etree._Element:
        """The root of an XML part; changes to it are written."""
        if name not in self.trees:
            self.trees[name] = xml_tree(self.raw[name])
        return self.trees[name]

    def xml_names(self, folder: str = "") -> tuple[str, ...]:
        """The names of the XML parts below a folder."""
        return tuple(n for n in self.names if n.startswith(folder) and n.endswith(".xml"))

    def relations(self, source: str) -> tuple[Relation, ...]:
        """The relationships of a part; of the package itself for ""."""
        name = _relations_name(source)
        if name not in self.raw:
            return ()
        found = (_relation(source, node) for node in self.tree(name) if local_name(node) == "Relationship")
        return tuple(r if r.external else replace(r, target=self._as_stored(r.target)) for r in found)

    def _as_stored(self, target: str) -> str:
        """Part names are the same whatever the case of their letters."""
        if target in self.raw:
            return target
        return next((name for name in self.raw if name.lower() == target.lower()), target)

    def every_relation(self) -> Iterator[Relation]:
        """The relationships of the package and of all parts."""
        for source in ("", *self.names):
            yield from self.relations(source)

    def cut(self, relation: Relation) -> None:
        """Take one relationship away, and every mention of it in its part's XML."""
        root = self.tree(_relations_name(relation.source))
        for node in list(root):
            if node.get("Id") == relation.id:
                root.remove(node)
        if relation.source in self.raw and relation.source.endswith(_XML):
            _forget(self.tree(relation.source), relation.id)

    def cut_where(self, unwanted: Callable[[Relation], bool]) -> list[Relation]:
        """Take away every relationship that is not wanted; those taken."""
        gone = [relation for relation in self.every_relation() if unwanted(relation)]
        for relation in gone:
            self.cut(relation)
        return gone

    def main(self) -> str:
        """The name of the part the package is about."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self.raw:
                return relation.target
        raise damaged()

    def drop_unreachable(self) -> list[str]:
        """Remove every part to which no relationship leads any more; their names."""
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for relation in self.relations(waiting.pop()):
                if not relation.external and relation.target in self.raw and relation.target not in reached:
                    reached.add(relation.target)
                    waiting.append(relation.target)
        kept = {_TYPES, _relations_name(""), *reached, *(_relations_name(name) for name in reached)}
        gone = [name for name in self.raw if name not in kept]
        for name in gone:
            del self.raw[name]
            self.trees.pop(name, None)
        return [name for name in gone if not name.endswith(".rels")]

    def written(self) -> bytes:
        """The package as bytes: XML written anew without comments, no dates, no extra fields, only parts that are declared."""
        self._declare()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.raw, key=lambda n: (n != _TYPES, n != "_rels/.rels")):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self._bytes(name))
        return made.getvalue()

    def _bytes(self, name: str) -> bytes:
        if name.endswith((".xml", ".rels")) or name in self.trees:
            return etree.tostring(self.tree(name), xml_declaration=True, encoding="UTF-8", standalone=True)
        return self.raw[name]

    def _declare(self) -> None:
        """Leave only the content types of parts that are still there."""
        root = self.tree(_TYPES)
        suffixes = {name.rpartition(".")[2].lower() for name in self.raw}
        names = {name.lower() for name in self.raw}
        for node in list(root):
            part = unquote(node.get("PartName") or "").lstrip("/").lower()
            extension = (node.get("Extension") or "").lower()
            gone = part not in names if local_name(node) == "Override" else extension not in suffixes
            if gone:
                root.remove(node)


def opened(data: bytes) -> Parts:
    """The parts of an office file, unpacked within the reading bounds."""
    package = Package(data)
    if _TYPES not in package:
        raise damaged()
    names = package.names
    if len({name.lower() for name in names}) != len(names) or len(package.infos) != len({i.filename for i in package.infos}):
        raise Unreadable("文件里有重名的部件，像是被改动过；请用 WPS 或 Office 打开，另存一份后再试。")
    return Parts({name: package.read(name, MAX_PART) for name in names})


def without(elements: Iterable[etree._Element]) -> int:
    """Remove elements, leaving the text that follows each; how many."""
    count = 0
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail and element.tail.strip():
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)
        count += 1
    return count


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        for offset, inner in enumerate(list(element)):
            parent.insert(at + offset, inner)
        parent.remove(element)


def named(root: etree._Element, *names: str) -> list[etree._Element]:
    """All elements below ``root`` with one of these local names."""
    return [found for name in names for found in root.iter(f"{{*}}{name}")]


def _relations_name(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", name + ".rels")


def _relation(source: str, node: etree._Element) -> Relation:
    target = node.get("Target") or ""
    external = (node.get("TargetMode") or "").lower() == "external"
    if not external:
        target = unquote(target.partition("#")[0]) or target
        folder = posixpath.dirname(source)
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(source, node.get("Id") or "", (node.get("Type") or "").rpartition("/")[2], target, external)


# Elements that hold the words or the shape a reader sees: when what they point to goes, they stay.
_UNWRAPPED = frozenset(("hyperlink",))
_ATTRIBUTE_ONLY = frozenset(
    ("blip", "imagedata", "fill", "stroke", "pageSetup", "sheetPr", "svgBlip", "shape", "rect", "OLEObject")
)


def _forget(root: etree._Element, identity: str) -> None:
    """Remove what refers to a relationship that is gone."""
    for element in list(root.iter()):
        for key, value in list(element.attrib.items()):
            space, _, _ = str(key).rpartition("}")
            if value != identity or space.lstrip("{") not in _OFFICE_RELATIONS:
                continue
            name = local_name(element)
            if name in _UNWRAPPED and len(element) and element.getparent() is not None:
                del element.attrib[key]
                if not element.get(_anchor(element)):
                    unwrap(element)
            elif name in _ATTRIBUTE_ONLY:
                del element.attrib[key]
            else:
                without([element])
            break


def _anchor(element: etree._Element) -> str:
    return str(element.tag).replace("hyperlink", "anchor")
