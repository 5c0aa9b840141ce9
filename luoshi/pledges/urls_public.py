from django.urls import path

from luoshi.pledges.views import led, proposals

app_name = "answers"
urlpatterns = [
    path("proposals/", proposals.public, name="proposals"),
    path("led/", led.public, name="led"),
]
