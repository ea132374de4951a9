"""Which tables hold what is drafted, reviewed and public?"""

from gongkai_web.publishing.models.campaigns import Campaign, CampaignEntry
from gongkai_web.publishing.models.categories import Category, Channel, Practice
from gongkai_web.publishing.models.imported import Imported
from gongkai_web.publishing.models.inspections import Inspection
from gongkai_web.publishing.models.interpretations import Excused
from gongkai_web.publishing.models.items import Attachment, Attribute, Draft, Item, Kind, Origin, Stage, Validity, Version
from gongkai_web.publishing.models.public import Generation, NewMediaMonth, Outing, OutingChannel, Publication
from gongkai_web.publishing.models.standing import (
    Legality,
    Link,
    LinkKind,
    Reassessment,
    Resolution,
    ResolutionKind,
    Revocation,
    ValidityChange,
)

__all__ = [
    "Attachment", "Attribute", "Campaign", "CampaignEntry", "Category", "Channel", "Draft", "Excused", "Generation", "Imported", "Inspection", "Item", "Kind", "Legality", "Link", "LinkKind", "NewMediaMonth",
    "Origin",
    "Outing", "OutingChannel", "Practice", "Publication", "Reassessment", "Resolution", "ResolutionKind", "Revocation", "Stage", "Validity",
    "ValidityChange", "Version",
]  # fmt: skip
