"""What stands on the printed sheet of a review?"""

from __future__ import annotations

from gongkai.writing.approval import Box, Sheet, approval_docx, approval_pdf
from gongkai_web.agencies.models import Body
from gongkai_web.publishing.access.review_page import review_page
from gongkai_web.publishing.access.staff_shapes import ReviewPage, StepView, VersionView
from gongkai_web.publishing.scans import ScanHit
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible

NOTE = (
    "请在“通过”或者“退回”前打勾，写明意见并签名、写明日期。签批后由经办人把校验编号、签批人、日期录入系统，并上传本单的扫描件。"
    "内容在打印以后改过的，编号就不同，本单作废，须重新打印、重新签批。"
)
FORMATS = ("docx", "pdf")
_HITS_SHOWN = 12


def sheet(person_id: int, body: Body, review_id: int, format: str) -> bytes:
    """The sheet of an open review as a file of one of FORMATS. NotHere, NotPossible as for the review's page."""
    page = review_page(person_id, body, review_id)
    if page.step_id is None:
        raise NotPossible(f"这份送审件{page.review.state_word}，不需要再打印审批单。")
    made = sheet_of(page, body.name)
    return {"docx": approval_docx, "pdf": approval_pdf}[format](made)


def sheet_of(page: ReviewPage, body_name: str) -> Sheet:
    """The sheet of a review: what, attribute and ground, open hits, and a box for each step not yet decided."""
    rows = [("标题", page.row.title), ("索引号", page.row.index_number), ("公开栏目", page.row.category_name)]
    if page.version is not None:
        rows += _of_version(page, page.version)
    if page.proposal:
        rows.append(("审批事项", page.proposal))
    return Sheet(body_name, page.review.code, tuple(rows), tuple(_box(s) for s in page.review.steps), NOTE)


def _of_version(page: ReviewPage, version: VersionView) -> list[tuple[str, str]]:
    values = version.content.values
    rows = [("版本", f"第{version.number}版，{version.cut_by}送审"), ("公开属性", _attribute(version))]
    if values["document_number"]:
        rows.append(("发文字号", values["document_number"]))
    if values["summary"]:
        rows.append(("内容概述", values["summary"]))
    if page.deadline is not None and page.deadline.due is not None:
        due = page.deadline.due
        rows.append(("公开期限", f"{due.year}年{due.month}月{due.day}日以前（{page.deadline.title}）"))
    if page.publish_at is not None:
        at = page.publish_at.astimezone(clock.BEIJING)
        rows.append(
            ("公开时间", f"审定后定于{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分公开，不是审定后随即公开。")
        )
    names = [f.name for f in version.files]
    rows.append(("附件", "\n".join(f"{n}. {name}" for n, name in enumerate(names, start=1)) if names else "无"))
    rows.append(("公开前扫描", _hits(page.hits)))
    return rows


def _attribute(version: VersionView) -> str:
    """The attribute with what it rests on."""
    content = version.content
    lines = [content.attribute_word]
    if content.values["basis"]:
        lines.append(f"依据：{content.values['basis']}")
    if content.ground_word:
        lines.append(f"理由：{content.ground_word}")
    if content.values["reason"]:
        lines.append(f"说明：{content.values['reason']}")
    lines += [f"删减：{place}，{ground}" for place, ground in content.cuts]
    return "\n".join(lines)


def _hits(hits: tuple[ScanHit, ...]) -> str:
    """What the scan found and what became of it; numbers themselves are never printed here."""
    waiting = [h for h in hits if h.is_open]
    if not hits:
        return "没有命中。"
    lines = [f"共 {len(hits)} 处，其中 {len(waiting)} 处没有处理。"]
    for hit in (waiting or hits)[:_HITS_SHOWN]:
        lines.append(f"{hit.part}：{hit.title}——{hit.resolution or '没有处理'}{f'（{hit.reason}）' if hit.reason else ''}")
    if len(waiting or hits) > _HITS_SHOWN:
        lines.append("其余见系统。")
    return "\n".join(lines)


def _box(step: StepView) -> Box:
    if not step.verdict:
        return Box(step.title, step.person or step.role_word)
    on = step.decided_on
    day = f"{on.year}年{on.month}月{on.day}日" if on else ""
    how = "纸质签批" if step.on_paper else "在系统中"
    opinion = f"，意见：{step.opinion}" if step.opinion else ""
    return Box(step.title, step.role_word, f"{step.decided_by}于{day}{how}{step.verdict_word}{opinion}")
