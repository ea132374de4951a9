"""Which addresses are there?"""

from django.urls import include, path

urlpatterns = [path("", include("gongkai_web.oversight.urls"))]

handler400 = "gongkai_web.ui.errors.bad_request"
handler403 = "gongkai_web.ui.errors.forbidden"
handler404 = "gongkai_web.ui.errors.not_found"
handler500 = "gongkai_web.ui.errors.server_error"
