from django.urls import path

from luoshi.commitments.views import roster

app_name = "roster"
urlpatterns = [
    path("roster/", roster.month, name="roster"),
    path("roster/now/", roster.now_on_duty, name="now"),
    path("roster/sheet/", roster.sheet, name="sheet"),
    path("roster/calendar/", roster.calendar_file, name="calendar"),
    path("roster/bring/", roster.bring_in, name="bring"),
    path("roster/bring/example/", roster.bring_example, name="bring-example"),
    path("roster/bring/<str:job>/", roster.bring_look, name="bring-look"),
    path("roster/<int:shift_id>/swap/", roster.swap, name="swap"),
    path("roster/<int:shift_id>/over/", roster.confirm, name="confirm"),
]
