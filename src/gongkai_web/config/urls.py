"""Which addresses are there?"""

from django.urls import include, path

from gongkai_web.config import front
from gongkai_web.portal.exports import robots

urlpatterns = [
    path("", front.home, name="home"),
    path("robots.txt", robots),
    path("work/", include("gongkai_web.workbench.urls")),
    path("", include("gongkai_web.oversight.urls")),
    path("", include("gongkai_web.portal.urls")),
    path("b/<slug:slug>/", include("gongkai_web.portal.urls")),
]

handler400 = "gongkai_web.ui.errors.bad_request"
handler403 = "gongkai_web.ui.errors.forbidden"
handler404 = "gongkai_web.ui.errors.not_found"
handler500 = "gongkai_web.ui.errors.server_error"
