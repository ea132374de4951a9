"""Who sees what of what is drafted, reviewed and public?

Read models for the public are in ``access.public``, those for staff in ``access.staff``. All are frozen and already fetched.
"""

from gongkai_web.publishing.access.listings import catalogue_rows, public_list, public_years
from gongkai_web.publishing.access.public import (
    categories,
    generation,
    guide,
    public_file,
    public_item,
    public_keys,
    rules,
    tombstone,
)
from gongkai_web.publishing.access.shapes import (
    AttachmentView,
    BodyView,
    CatalogueRow,
    CategoryView,
    FileView,
    GuideView,
    Link,
    ListRow,
    Notice,
    PublicItem,
    PublicListing,
    RuleView,
    Tombstone,
)

__all__ = [
    "AttachmentView", "BodyView", "CatalogueRow", "CategoryView", "FileView", "GuideView", "Link", "ListRow", "Notice", "PublicItem",
    "PublicListing", "RuleView", "Tombstone", "catalogue_rows", "categories", "generation", "guide", "public_file", "public_item",
    "public_keys", "public_list", "public_years", "rules", "tombstone",
]  # fmt: skip
