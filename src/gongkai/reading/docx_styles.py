"""What does a paragraph or character style say of numbering, headings, hiding and raised figures?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from gongkai.reading.ooxml import attribute, child, local_name, whole

_MAX_STYLE_DEPTH = 20
_RAISED = ("superscript", "subscript")


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle property: True, False, or None when it does not stand."""
    node = child(properties, name)
    if node is None:
        return None
    return (attribute(node, "val") or "true").lower() not in ("0", "false", "off", "none")


class Styles:
    """What a style, through those it is based on, says of numbering, headings and hiding."""

    def __init__(self, root: etree._Element | None) -> None:
        self._nodes = (
            {} if root is None else {attribute(node, "styleId") or "": node for node in root if local_name(node) == "style"}
        )
        # A document has few styles and thousands of paragraphs: what a style says is worked out once.
        self.numbering = cache(self._numbering)
        self.is_heading = cache(self._is_heading)
        self.hides = cache(self._hides)
        self._struck = cache(self._strikes)
        self._raised = cache(self._raises)

    def _chain(self, style: str | None) -> Iterator[etree._Element]:
        for _ in range(_MAX_STYLE_DEPTH):
            node = self._nodes.get(style or "")
            if node is None:
                return
            yield node
            style = attribute(child(node, "basedOn"), "val")

    def _numbering(self, style: str | None) -> tuple[str | None, int | None, str | None]:
        """List and level given by the style, and the name of the style that gave the list."""
        level = None
        for node in self._chain(style):
            properties = child(node, "pPr", "numPr")
            if level is None and (value := attribute(child(properties, "ilvl"), "val")) is not None:
                level = whole(value, 0)
            number = attribute(child(properties, "numId"), "val")
            if number is not None:
                return number, level, attribute(node, "styleId")
        return None, None, None

    def _is_heading(self, style: str | None) -> bool:
        """Whether a paragraph of the style is a heading."""
        for node in self._chain(style):
            if whole(attribute(child(node, "pPr", "outlineLvl"), "val"), 9) < 9:
                return True
            if (attribute(child(node, "name"), "val") or "").lower().startswith(("heading", "title", "标题")):
                return True
        return False

    def strikes(self, properties: etree._Element | None, style: str | None) -> bool:
        """Whether a run with these properties and this style is struck out."""
        own = [mark for name in ("strike", "dstrike") if (mark := toggle(properties, name)) is not None]
        return any(own) if own else self._struck(style)

    def _strikes(self, style: str | None) -> bool:
        for node in self._chain(style):
            own = [mark for name in ("strike", "dstrike") if (mark := toggle(child(node, "rPr"), name)) is not None]
            if own:
                return any(own)
        return False

    def raises(self, properties: etree._Element | None, style: str | None) -> bool:
        """Whether a run with these properties and this style stands above or below the line, as the mark of a note does."""
        own = attribute(child(properties, "vertAlign"), "val")
        return own in _RAISED if own is not None else self._raised(style)

    def _raises(self, style: str | None) -> bool:
        for node in self._chain(style):
            own = attribute(child(node, "rPr", "vertAlign"), "val")
            if own is not None:
                return own in _RAISED
        return False

    def _hides(self, style: str | None) -> bool:
        """Whether text of the style is not shown."""
        for node in self._chain(style):
            hidden = toggle(child(node, "rPr"), "vanish")
            if hidden is not None:
                return hidden
        return False
