"""Which addresses show a page, so that somebody must look at each of them?

An address stands here with its parts left out: numbers as 0, words as *. The test of the headers finds every page that is missing
here; the test of the screens goes to all of them.
"""

from __future__ import annotations

import re

SCREENS = frozenset(
    """
    / /about/ /accessibility/ /apply/ /below/ /catalogue/ /check/ /comments/ /compare/ /desk/ /guide/ /help/ /help/*/ /help/editions/ /help/editions/*/ /help/rules/ /help/rules/*/
    /info/ /open/ /open/*/ /reports/ /rules/ /rules/0/ /screens/0/ /search/ /sitemap/ /write/
    /work/ /work/below/ /work/body/ /work/body/below/ /work/body/departments/ /work/body/leaders/ /work/body/rules/0/ /work/body/rules/new/ /work/body/site/ /work/body/static/ /work/body/unit/
    /work/cleanups/ /work/comments/ /work/comments/new/ /work/deputies/ /work/inspection/ /work/interpretations/
    /work/items/ /work/items/0/ /work/items/0/edit/ /work/items/0/files/ /work/items/0/files/*/text/ /work/items/0/hang/ /work/items/0/links/ /work/items/arrangement/
    /work/items/categories/ /work/items/categories/*/ /work/items/categories/new/ /work/items/new/ /work/new-media/ /work/new-media/accounts/0/0/ /work/password/
    /work/people/ /work/people/0/ /work/people/new/ /work/people/place/ /work/places/ /work/places/0/ /work/places/0/edit/ /work/places/new/
    /work/review/ /work/review/0/ /work/review/hand-over/ /work/second-factor/ /work/second-factor/set-up/ /work/sheets/ /work/sign-in/ /work/trail/ /work/visits/
    """.split()
)
_WORDS = re.compile(
    r"/(open|items/categories|files|help/rules|help/editions|help(?!/(?:rules|editions)/))/(?!new/|arrange/)[^/]+/"
)


def kind(path: str) -> str:
    """An address without what is particular to one thing."""
    path = re.sub(r"/info/.+", "/info/", path)
    return re.sub(r"/\d[^/]*(?=/)", "/0", _WORDS.sub(r"/\1/*/", path))
