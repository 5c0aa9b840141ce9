from django.urls import path

from luoshi.cases.views.resident import track

app_name = "short"
urlpatterns = [path("<str:code>", track.short_code, name="code")]
