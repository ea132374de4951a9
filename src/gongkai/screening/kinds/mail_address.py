"""Where does a mail address stand that the body has not listed as its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="mail_address",
    code="T109",
    name="电子邮箱",
    finds="本机关没有登记为可以公开的电子邮箱地址。",
    leaves="本机关登记的地址；政府网站域名（gov.cn）下的地址。",
    todo="个人的删去；本机关收集意见用的，登记为可以公开的地址，以后不再列出。",
    wrong="联系人张某，邮箱 zhang@example.com。",
    right="意见请发至本局公开邮箱。",
    is_personal=True,
)
_MAIL = re.compile(r"(?<![A-Za-z0-9_.+%-])[A-Za-z0-9_.+%-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])")
_CALLED_FOR = re.compile(r"反馈|征求|意见|举报|投诉|监督|建议|报名|发送至|发至|投稿|工作邮箱|公共邮箱|电子邮箱?|邮件")


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """A mail address; of an address to which the public is asked to write it is only possible that it is a person's."""
    for found in _MAIL.finditer(passage.plain):
        mail = found[0]
        if mail.lower().endswith(".gov.cn") or settings.allows_mail(mail):
            continue
        asked = _CALLED_FOR.search(passage.before(found.start(), 30))
        yield Stretch(
            found.start(),
            found.end(),
            "这里有一个电子邮箱。是个人的，请删去；是本机关公开用的，请登记为可以公开的地址。",
            Certainty.LOW if asked else Certainty.MEDIUM,
        )


KIND = Kind(CARD, each_passage(find, "@"))
