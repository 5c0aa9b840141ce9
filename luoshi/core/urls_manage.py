from django.urls import path

from luoshi.core.views import manage

app_name = "manage"
urlpatterns = [
    path("", manage.people, name="people"),
    path("post/", manage.add_post, name="add-post"),
    path("post/<int:tenure_id>/end/", manage.end_post, name="end-post"),
    path("account/<int:user_id>/password/", manage.reset_password, name="reset"),
    path("account/<int:user_id>/phone/", manage.reset_factor, name="reset-factor"),
    path("villages/", manage.villages, name="villages"),
    path("offices/", manage.offices, name="offices"),
    path("calendar/", manage.calendar, name="calendar"),
    path("settings/", manage.settings, name="settings"),
    path("robot/", manage.robot, name="robot"),
    path("mail/", manage.email, name="email"),
]
