"""Which addresses does the report desk have?"""

from django.urls import path

from gongkai_web.oversight.views import check, guide, home, pages, verdicts, write

urlpatterns = [
    path("desk/", home.home, name="desk"),
    path("clear/", home.clear, name="clear"),
    path("about/", guide.about, name="about"),
    path("health/", guide.health, name="health"),
    path("write/", write.start, name="write"),
    path("write/open/", write.open_earlier, name="write_open"),
    path("write/form/<str:edition_key>/", write.blank_form, name="write_form"),
    path("write/<str:key>/", write.edit, name="write_draft"),
    path("write/<str:key>/previous/", write.previous, name="write_previous"),
    path("write/<str:key>/text/", write.text, name="write_text"),
    path("write/<str:key>/delete/", write.delete, name="write_delete"),
    path("write/<str:key>/download/<str:form>/", write.download, name="write_download"),
    path("check/", check.start, name="check"),
    path("check/<str:key>/", check.batch, name="check_batch"),
    path("check/<str:key>/findings.<str:form>", check.batch_findings, name="check_batch_findings"),
    path("check/<str:key>/verdicts.toml", verdicts.download, name="check_batch_verdicts"),
    path("check/<str:key>/verdicts/", verdicts.load, name="check_load_verdicts"),
    path("check/<str:key>/<int:number>/pages/<int:page>.png", pages.picture, name="check_picture"),
    path("check/<str:key>/<int:number>-<int:index>/verdicts.toml", verdicts.download_one, name="check_verdicts"),
    path("check/<str:key>/<int:number>-<int:index>/verdict/", verdicts.decide, name="check_verdict"),
    path("check/<str:key>/<int:number>-<int:index>/pages/<int:page>/", pages.page, name="check_page"),
    path("check/<str:key>/<int:number>-<int:index>/", check.result, name="check_result"),
    path("check/<str:key>/<int:number>-<int:index>/charts/<int:chart>.svg", check.chart, name="check_chart"),
    path("check/<str:key>/<int:number>-<int:index>/findings.<str:form>", check.findings, name="check_findings"),
    path("check/<str:key>/<int:number>-<int:index>/report.<str:form>", check.download, name="check_download"),
    path("compare/", check.compare, name="compare"),
    path("help/", guide.contents, name="help"),
    path("help/rules/", guide.rules, name="help_rules"),
    path("help/rules/<str:code>/", guide.rule, name="help_rule"),
    path("help/editions/", guide.editions, name="help_editions"),
    path("help/editions/<str:key>/", guide.edition, name="help_edition"),
    path("help/<str:topic>/", guide.topic, name="help_topic"),
]
