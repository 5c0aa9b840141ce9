from django.urls import path

from luoshi.consultations.views import resident

app_name = "posted"
urlpatterns = [path("<str:code>", resident.poster, name="poster")]
