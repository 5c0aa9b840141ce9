from django.urls import path

from luoshi.upkeep.views import plate

app_name = "assets"
urlpatterns = [
    path("<str:code>/", plate.asset, name="asset"),
    path("<str:code>/report/", plate.report, name="report"),
]
