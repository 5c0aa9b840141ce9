from django.urls import path

from luoshi.cases.views.resident import report, track

app_name = "cases"
urlpatterns = [
    path("report/", report.what, name="report"),
    path("report/where/", report.where, name="where"),
    path("report/contact/", report.contact, name="contact"),
    path("report/check/", report.check, name="check"),
    path("report/join/<str:number>/", report.join, name="join"),
    path("receipt/", track.receipt, name="receipt"),
    path("receipt/code.svg", track.code_picture, name="code"),
    path("track/", track.lookup, name="track"),
    path("matter/", track.tracking, name="tracking"),
    path("matter/add/", track.add, name="add"),
    path("matter/judge/", track.judge, name="judge"),
    path("matter/correct/", track.correct, name="correct"),
]
