"""Which addresses does a body's portal have?"""

from django.urls import path

from gongkai_web.portal import below, comment_periods, exports, screens, searching, views

urlpatterns = [
    path("", views.home, name="portal_home"),
    path("guide/", views.guide, name="portal_guide"),
    path("rules/", views.rules, name="portal_rules"),
    path("rules/<int:key>/", views.rule, name="portal_rule"),
    path("open/", views.listing, name="portal_open"),
    path("open/<slug:key>/", views.listing, name="portal_category"),
    path("reports/", views.reports, name="portal_reports"),
    path("apply/", views.apply, name="portal_apply"),
    path("comments/", comment_periods.listing, name="portal_comment_periods"),
    path("comments/<int:number>/", comment_periods.period, name="portal_comment_period"),
    path("comments/<int:number>/form/", comment_periods.form, name="portal_comment_form"),
    path("search/", searching.search, name="portal_search"),
    path("similar.json", exports.similar, name="portal_similar"),
    path("catalogue/", views.catalogue, name="portal_catalogue"),
    path("catalogue.<str:form>", exports.catalogue, name="portal_catalogue_file"),
    path("feed.<str:form>", exports.feed, name="portal_feed"),
    path("below/", below.listing, name="portal_below"),
    path("below.<str:form>", below.taken, name="portal_below_file"),
    path("sitemap/", views.sitemap, name="portal_sitemap"),
    path("sitemap.xml", exports.sitemap, name="portal_sitemap_file"),
    path("sitemap-<int:part>.xml", exports.sitemap_part, name="portal_sitemap_part"),
    path("screens/<int:place_id>/", screens.screen, name="portal_screen"),
    path("accessibility/", views.accessibility, name="portal_accessibility"),
    path("info/<path:index_number>/files/<int:position>/<str:name>", exports.attachment, name="portal_file"),
    path("info/<path:index_number>/qr.svg", exports.qr_code, name="portal_qr"),
    path("info/<path:index_number>/", views.item, name="portal_item"),
]
