"""Who sees what of what is drafted, reviewed and public?

Read models for the public are in ``access.public``, those for staff in ``access.staff``. All are frozen and already fetched.
"""

from gongkai_web.publishing.access.campaigns import (
    CampaignPage,
    CampaignRow,
    EntryRow,
    campaign_entry,
    campaign_list,
    campaign_page,
    campaigns_waiting,
)
from gongkai_web.publishing.access.desk import home, staff_list, staff_rows, waiting
from gongkai_web.publishing.access.dossier import item_history, item_page, staff_file
from gongkai_web.publishing.access.handing_over import hand_over_package
from gongkai_web.publishing.access.inspection import InspectionPage, inspection_page, self_inspection
from gongkai_web.publishing.access.interpretations import Wanting, due_lately, suggested_title, to_interpret, wanting
from gongkai_web.publishing.access.listings import catalogue_rows, listed_rows, newest, public_count, public_list, public_years
from gongkai_web.publishing.access.moved import moved_to
from gongkai_web.publishing.access.public import (
    categories,
    categories_on,
    generation,
    guide,
    index_numbers,
    linked_elsewhere,
    public_file,
    public_item,
    public_keys,
    rules,
    tombstone,
    tombstones,
)
from gongkai_web.publishing.access.review_page import review_page
from gongkai_web.publishing.access.scope import scope
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
from gongkai_web.publishing.access.staff_shapes import (
    ContentView,
    Entry,
    Home,
    ItemPage,
    PublicationView,
    ReviewPage,
    ReviewRow,
    ReviewView,
    StaffFile,
    StaffListing,
    StaffRow,
    StepView,
    VersionView,
)

__all__ = [
    "AttachmentView", "BodyView", "CampaignPage", "CampaignRow", "CatalogueRow", "CategoryView", "ContentView", "Entry", "EntryRow", "FileView", "GuideView", "Home", "InspectionPage", "ItemPage",
    "Link", "ListRow", "Notice", "PublicItem", "PublicListing", "PublicationView", "ReviewPage", "ReviewRow", "ReviewView", "RuleView",
    "StaffFile", "StaffListing", "StaffRow", "StepView", "Tombstone", "VersionView", "Wanting", "campaign_entry", "campaign_list", "campaign_page", "campaigns_waiting", "catalogue_rows", "categories", "categories_on", "due_lately", "generation", "guide",
    "hand_over_package", "home", "index_numbers", "inspection_page", "item_history", "item_page", "linked_elsewhere", "listed_rows", "moved_to", "newest", "public_count", "public_file", "public_item",
    "public_keys", "public_list", "public_years", "review_page", "rules", "scope", "self_inspection", "staff_file", "staff_list", "staff_rows", "suggested_title", "to_interpret", "tombstone", "tombstones", "waiting", "wanting",
]  # fmt: skip
