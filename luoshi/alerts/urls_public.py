from django.urls import path

from luoshi.alerts.views import notices

app_name = "heard"
urlpatterns = [path("notice/<int:notice_id>/", notices.public, name="notice")]
