from django.urls import path

from luoshi.papers.views import register, scans

app_name = "papers"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("scans/", scans.scans, name="scans"),
    path("scans/<int:scan_id>/file/", scans.file_one, name="file"),
    path("scans/<int:scan_id>/drop/", scans.drop, name="drop"),
    path("scans/<int:scan_id>/out/", scans.take_out, name="take-out"),
]
