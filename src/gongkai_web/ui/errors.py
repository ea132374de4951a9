"""What does a visitor read when a request cannot be served?"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WORDS = {
    400: ("请求有误", "浏览器发来的内容不完整或者不合规定，程序没有处理。", "请返回上一页，刷新后再试一次。"),
    403: (
        "不能这样操作",
        "这次提交没有带上本页面的校验码，可能是页面放得太久，或者浏览器禁用了 Cookie。",
        "请刷新页面后重新提交；刷新前先把已填的内容复制出来。",
    ),
    404: (
        "没有这个页面",
        "地址可能写错了，或者这里的内容已经到期删除。草稿和检查结果只有当时打开的那个浏览器能看到。",
        "请从首页重新进入。",
    ),
    405: ("不能这样打开", "这个地址只用于提交表单，不能直接打开。", "请返回上一页，使用页面上的按钮。"),
    409: ("内容已经变化", "这份草稿在另一个窗口里改过了。", "请刷新页面，在最新的内容上继续。"),
    413: ("上传的内容太大", "这次上传超过了页面上写明的大小，程序没有接收。", "请分几次上传，或者只上传年报本身。"),
    422: ("填写的内容有误", "有几处填写得不对，程序没有保存。", "请返回上一页，改正后再提交。"),
    500: (
        "程序出错了",
        "这是程序的问题，不是您的操作有误。已经保存的草稿还在。",
        "请返回上一页再试；仍然不行的，请把操作步骤告诉系统管理员。",
    ),
    503: ("现在上传的人较多", "为了不影响别人查看，程序同时只接收几份上传。", "请等半分钟再提交一次。"),
}


def page(request: HttpRequest, status: int, *, what: str = "", why: str = "", then: str = "") -> HttpResponse:
    """The error page of a status; given words replace the general ones."""
    title, reason, step = WORDS[status]
    words = {"status": status, "title": what or title, "why": why or reason, "then": then or step}
    return render(request, "ui/error.html", words, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 when the form's fields were too much."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig | TooManyFieldsSent) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(request, 500)
