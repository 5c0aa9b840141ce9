from django.urls import path

from luoshi.alerts.views import alerts, calls, lists, moves, notices, sheets

app_name = "alerts"
urlpatterns = [
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/new/", alerts.begin, name="begin"),
    path("alerts/<int:alert_id>/", alerts.alert, name="alert"),
    path("alerts/<int:alert_id>/close/", alerts.close, name="close"),
    path("alerts/<int:alert_id>/call/", calls.calling, name="calling"),
    path("alerts/<int:alert_id>/call/next/", calls.take, name="take"),
    path("alerts/<int:alert_id>/go/", calls.go, name="go"),
    path("alerts/<int:alert_id>/moves/", moves.moves, name="moves"),
    path("alerts/<int:alert_id>/moves/plan/", moves.plan, name="plan"),
    path("alerts/<int:alert_id>/list/<slug:what>/", sheets.sheet, name="sheet"),
    path("alerts/call/<int:line_id>/answer/", calls.answer, name="answer"),
    path("alerts/call/<int:line_id>/undo/", calls.undo, name="undo"),
    path("alerts/call/<int:line_id>/phone/", calls.phone, name="phone"),
    path("alerts/call/<int:line_id>/visit/", calls.visit, name="visit"),
    path("alerts/move/<int:line_id>/settle/", moves.settle, name="settle"),
    path("alerts/move/<int:line_id>/change/", moves.change, name="change"),
    path("alerts/shelters/", moves.shelters, name="shelters"),
    path("alerts/shelters/<int:shelter_id>/close/", moves.close, name="shelter-close"),
    path("households/", lists.households, name="households"),
    path("households/bring/", lists.bring, name="bring"),
    path("households/bring/example/", lists.example, name="bring-example"),
    path("households/bring/<str:job>/", lists.look, name="bring-look"),
    path("households/<int:roster_id>/erase/", lists.erase, name="erase"),
    path("notices/", notices.notices, name="notices"),
    path("notices/rule/", notices.rule, name="rule"),
    path("notices/new/", notices.write, name="write"),
    path("notices/<int:notice_id>/", notices.notice, name="notice"),
    path("notices/<int:notice_id>/change/", notices.write, name="rewrite"),
    path("notices/<int:notice_id>/sheet/", notices.poster, name="poster"),
    path("notices/<int:notice_id>/do/<slug:name>/", notices.step, name="step"),
    path("notices/<int:notice_id>/told/<int:line_id>/", notices.told, name="told"),
]
