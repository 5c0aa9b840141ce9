from django.urls import path

from luoshi.commitments.views import emergency

app_name = "emergency"
urlpatterns = [
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/declare/", emergency.declare, name="declare"),
    path("emergency/end/", emergency.end, name="end"),
]
