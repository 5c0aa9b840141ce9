from django.urls import path

from luoshi.cases.views.resident import ledger, report, track

app_name = "cases"
urlpatterns = [
    path("report/", report.what, name="report"),
    path("report/where/", report.where, name="where"),
    path("report/contact/", report.contact, name="contact"),
    path("report/check/", report.check, name="check"),
    path("report/join/<str:number>/", report.join, name="join"),
    path("receipt/", track.receipt, name="receipt"),
    path("receipt/code.png", track.code_picture, name="code"),
    path("track/", track.lookup, name="track"),
    path("matter/", track.tracking, name="tracking"),
    path("matter/other/<str:number>/", track.other, name="other"),
    path("matter/add/", track.add, name="add"),
    path("matter/judge/", track.judge, name="judge"),
    path("matter/take-back/", track.take_back, name="take-back"),
    path("matter/withdraw/", ledger.withdraw, name="withdraw"),
    path("open/", ledger.entries, name="ledger"),
    path("open/data/", ledger.dictionary, name="data"),
    path("open/data.csv", ledger.as_csv, name="data-csv"),
    path("open/data.xlsx", ledger.as_xlsx, name="data-xlsx"),
    path("open/data.json", ledger.as_json, name="data-json"),
    path("open/<str:number>/", ledger.matter, name="published"),
    path("open/<str:number>/still/", ledger.still_broken, name="still-broken"),
    path("village/<int:village_id>/", ledger.village, name="village"),
    path("matter/correct/", track.correct, name="correct"),
]
