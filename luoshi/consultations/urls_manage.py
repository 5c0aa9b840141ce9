from django.urls import path

from luoshi.consultations.views import tracks

app_name = "consultations-manage"
urlpatterns = [
    path("tracks/", tracks.tracks, name="tracks"),
    path("tracks/<slug:code>/", tracks.track, name="track"),
    path("tracks/<slug:code>/restore/", tracks.restore, name="restore"),
]
