"""What does every screen of the staff know beside what its view gives it?"""

from __future__ import annotations

from typing import Any

from django.db.utils import DatabaseError
from django.http import HttpRequest

from gongkai_web.accounts.middleware import is_staff_page
from gongkai_web.agencies.roles import ROLE_WORDS
from gongkai_web.agencies.standing import standing_of
from gongkai_web.workbench import navigation

DONE = {
    "saved": "已经保存。",
    "registered": "已经登记。",
    "ended": "已经终止。",
    "given_up": "这次清理已经放弃，不再提醒。",
    "moved": "期限已经改过，各科室在“今日”里看到新的期限。",
    "closed": "已经撤销。",
    "unlocked": "登录暂停已经解除。",
    "factor": "动态口令已经重置，本人下次登录时重新绑定。",
    "retired": "账号已经停用，本人的登录已经全部结束。",
    "restored": "账号已经恢复。",
    "password": "密码已经修改，您在别处的登录已经全部结束。",
    "granted": "职责已经授予。",
    "deputy": "代理已经安排。",
    "chosen": "已经换到这个机关。",
    "submitted": "已经送审。",
    "published": "已经办好，公开时间见右侧。",
    "called_off": "定时公开已经取消，信息回到起草。",
    "withdrawn": "已经撤下，公众马上看不到了。",
    "taken_up": "可以修改了，改好后请重新送审。",
    "discarded": "已经作废，索引号不再使用。",
    "reassessed": "评估结果已经登记。",
    "handed": "已经移交。",
    "resolved": "这一处已经核对。",
    "reopened_hit": "认定已经撤销，请重新核对。",
    "uploaded": "文件已经上传。",
    "removed": "附件已经删去。",
    "linked": "已经关联，两边都会显示。",
    "unlinked": "关联已经取消。",
    "recorded": "已经登记。",
    "struck": "这条登记已经划去。",
    "passed": "已经通过。",
    "returned": "已经退回，经办人会看到理由。",
    "taken_back": "送审已经撤回，可以修改了。",
    "opened": "已经开始，公众看到了。",
    "abandoned": "已经终止。",
    "rearranged": "已经记下，后台程序接着按新的安排更新文件夹。",
    "erased": "姓名和联系方式已经删除。",
    "judged": "这条意见已经审看。",
    "judged_next": "上一条已经审看，下面是下一条。",
    "allowed": "已经认定为误报，同一个文件可以重新上传。",
    "inspected": "已经检查，结果在下面。",
    "inspecting": "内容较多，由后台程序检查，过几分钟刷新本页查看。",
    "begun": "清理已经开始，起草科室会在“今日”里看到要提出意见的文件。",
    "proposed": "意见已经提出，等另一个人决定。",
    "decided": "已经决定。",
    "concluded": "公告已经起草，目录在正文里。请核对后送审。",
    "excused": "已经认定不需要解读。",
    "arranged": "标准栏目和审核环节已经设立。",
}


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The variables of every template. A public page has no person, and nothing is asked for it."""
    person = getattr(request, "person", None)
    try:
        standing = standing_of(request) if person else None
    except DatabaseError:  # a page that tells of a fault is shown without a database too
        standing = None
    route = request.resolver_match.url_name or "" if request.resolver_match else ""
    return {
        "person": person,
        "standing": standing,
        "navigation": navigation.links(standing, route) if standing else (),
        "topic_here": navigation.topic_of(route),
        "role_words": ROLE_WORDS,
        # Error pages and the manual stand in the frame of whoever reads them.
        "shell": "workbench/base.html" if standing else "ui/base.html",
        "public_page": not is_staff_page(request.path),
        "done": DONE.get(request.GET.get("done", ""), "") if person else "",
    }
