"""What stands at the first address: the public site of an office, or the report desk where there is no office?"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from gongkai_web.agencies.doors import office_here
from gongkai_web.portal import views


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The body's public page; without any body, the report desk."""
    return views.home(request) if office_here() else redirect("desk")
