from django.urls import path

from luoshi.upkeep.views import jobs, plate

app_name = "assets"
urlpatterns = [
    path("in/<int:village_id>/", plate.in_village, name="in-village"),
    path("planned/<int:village_id>/", jobs.promised, name="promised"),
    path("<str:code>/", plate.asset, name="asset"),
    path("<str:code>/report/", plate.report, name="report"),
]
