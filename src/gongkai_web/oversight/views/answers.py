"""How is a made document handed to the browser, and what came of a single uploaded file?"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.checking import Verdicts, findings_html, findings_json
from gongkai.errors import BadInput, NotFound
from gongkai.kernel import Finding
from gongkai.returns import Report
from gongkai.writing import FORMATS, findings_docx, findings_xlsx, write
from gongkai_web.oversight.archives import is_archive, members
from gongkai_web.oversight.batches import Stage, outcome_now
from gongkai_web.oversight.stored import report_of
from gongkai_web.oversight.uploads import Upload, received

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "toml": "application/toml; charset=utf-8",
}


LISTS = {"docx": findings_docx, "xlsx": findings_xlsx}
"""What a body that must correct its report is sent."""


def document(data: bytes, form: str, name: str) -> HttpResponse:
    """A file to keep: never shown inside our pages, whatever it holds."""
    response = HttpResponse(data, content_type=TYPES[form])
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.{form}") or "attachment"
    )
    return response


def report_document(report: Report, form: str, history: tuple[Report, ...] = ()) -> HttpResponse:
    """A report in one of the formats we write."""
    if form not in FORMATS:
        raise NotFound(f"没有“{form}”这种格式。可以下载的有：{'、'.join(FORMATS)}。")
    return document(write(report, form, history=history), form, file_name(report))


def findings_document(
    results: list[tuple[Report, tuple[Finding, ...]]], form: str, name: str, verdicts: Verdicts
) -> HttpResponse:
    """Findings as the command line writes them, with what was decided on them; docx and xlsx are lists of what to correct."""
    if form == "json":
        made: list[dict[str, Any]] = [findings_json(r.source, items, verdicts) for r, items in results]
        return document(json.dumps(made, ensure_ascii=False, indent=1).encode(), "json", name)
    if form == "html":
        return document(findings_html(results, verdicts).encode(), "html", name)
    if form in LISTS:
        return document(LISTS[form](results, verdicts), form, name)
    raise NotFound("检查结果只能下载为 docx、xlsx、html 或 json。")


def file_name(report: Report) -> str:
    """The name people expect: body, year, kind."""
    year = f"{report.year}年" if report.year is not None else ""
    return f"{report.agency or ''}{year}政府信息公开工作年度报告"


def read_upload(request: HttpRequest, *, prose: bool = False) -> tuple[Report, ...]:
    """The reports in the one uploaded file of a form; BadInput says why there are none. ``prose`` takes any text."""
    uploads = received(request, "file")
    if not uploads:
        raise BadInput("没有选择文件，或者上传中断。请先选择一个文件，再按按钮。")
    upload = uploads[0]
    if not upload.refusal and is_archive(upload):
        upload = next(iter(members(upload)), Upload(upload.name))
    if upload.refusal:
        raise BadInput(upload.refusal)
    read = outcome_now(upload, prose=prose)
    if read["stage"] is not Stage.READ:
        raise BadInput(read["why"])
    return tuple(report_of(r) for r in read["reports"])
