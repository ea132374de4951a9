"""How is a presentation cleaned so that it shows the same slides and nothing behind them?"""

from __future__ import annotations

from gongkai.reading.ooxml import attribute, local_name
from gongkai_web.files.cleaning.objects import refuse_objects
from gongkai_web.files.cleaning.office import (
    clean_pictures,
    drop_embedded_workbooks,
    drop_local_paths,
    drop_properties,
    drop_signatures,
    refuse_active,
)
from gongkai_web.files.cleaning.parts import Parts, named, opened, without
from gongkai_web.files.cleaning.result import Choices, Cleaned, Removals


def clean_pptx(data: bytes, name: str = "", choices: Choices | None = None) -> Cleaned:
    """A .pptx without properties, comments, speaker's notes, hidden slides and links outside."""
    choices = choices or Choices()
    parts, removals = opened(data), Removals()
    refuse_active(parts, name)
    drop_signatures(parts, removals, agreed=choices.drop_signatures)
    refuse_objects(parts, name)
    _drop_hidden_slides(parts, removals)
    notes = parts.cut_where(lambda r: r.kind == "notesSlide")
    removals.add("演讲者备注", len(notes))
    _drop_hidden_shapes(parts, removals)
    drop_properties(parts, removals)
    _drop_protection(parts, removals)
    drop_embedded_workbooks(parts, removals)
    drop_local_paths(parts, removals)
    clean_pictures(parts, removals)
    parts.drop_unreachable()
    return removals.cleaned(parts.written())


def slides(parts: Parts) -> tuple[str, ...]:
    """The names of the slides' parts in the order they are shown, hidden ones included."""
    main = parts.main()
    targets = {relation.id: relation.target for relation in parts.relations(main)}
    listed = (attribute_of_relation(node) for node in named(parts.tree(main), "sldId"))
    return tuple(targets[key] for key in listed if key in targets and targets[key] in parts)


def attribute_of_relation(node: object) -> str:
    """The relationship an element names: its attribute ``id`` within a namespace, not its own number."""
    for key, value in getattr(node, "attrib", {}).items():
        if str(key).endswith("}id"):
            return str(value)
    return ""


def is_hidden(parts: Parts, slide: str) -> bool:
    """Whether a slide is left out when the presentation is shown."""
    return attribute(parts.tree(slide), "show") in ("0", "false")


def _drop_hidden_slides(parts: Parts, removals: Removals) -> None:
    hidden = {slide for slide in slides(parts) if is_hidden(parts, slide)}
    if not hidden:
        return
    main = parts.main()
    numbers = set()
    targets = {relation.id: relation.target for relation in parts.relations(main)}
    for node in named(parts.tree(main), "sldId"):
        key = attribute_of_relation(node)
        if key and targets.get(key) in hidden:
            numbers.add(node.get("id"))
    without(node for node in named(parts.tree(main), "sldId") if node.get("id") in numbers)
    for relation in parts.cut_where(lambda r: r.target in hidden and not r.external):
        del relation
    without(show for show in named(parts.tree(main), "custShow") if not named(show, "sld"))
    without(lists for lists in named(parts.tree(main), "custShowLst") if not len(lists))
    removals.add("隐藏的幻灯片", len(hidden))


def _drop_hidden_shapes(parts: Parts, removals: Removals) -> None:
    count = 0
    for slide in slides(parts):
        for properties in named(parts.tree(slide), "cNvPr"):
            shape = properties.getparent()
            owner = shape.getparent() if shape is not None else None
            if attribute(properties, "hidden") in ("1", "true") and owner is not None and local_name(owner) != "spTree":
                count += without([owner])
    removals.add("隐藏的图形", count)


def _drop_protection(parts: Parts, removals: Removals) -> None:
    main = parts.tree(parts.main())
    found = named(main, "modifyVerifier")
    without(found)
    removals.add("编辑保护和口令", len(found))
    # The list of an add-in's data is empty once the data are gone; PowerPoint refuses an empty one.
    for part in parts.xml_names():
        without(node for node in named(parts.tree(part), "custDataLst") if not len(node))
