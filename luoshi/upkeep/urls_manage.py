from django.urls import path

from luoshi.upkeep.views import jobs, kinds, outlines

app_name = "upkeep-manage"
urlpatterns = [
    path("facilities/", kinds.kinds, name="kinds"),
    path("facilities/usual/", kinds.usual, name="usual"),
    path("facilities/outlines/", outlines.outlines, name="outlines"),
    path("facilities/new/", kinds.add, name="add"),
    path("facilities/<int:kind_id>/", kinds.kind, name="kind"),
    path("facilities/<int:kind_id>/works/", jobs.care, name="care"),
    path("facilities/<int:kind_id>/rule/", kinds.add_rule, name="add-rule"),
    path("facilities/rule/<int:rule_id>/end/", kinds.end_rule, name="end-rule"),
]
