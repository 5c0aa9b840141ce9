from django.urls import path

from luoshi.pledges.views import led, proposals

app_name = "pledges"
urlpatterns = [
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/", proposals.enter, name="enter"),
    path("proposals/<int:proposal_id>/answer/", proposals.answer, name="answer"),
    path("proposals/<int:proposal_id>/withdraw/", proposals.withdraw, name="withdraw"),
    path("led/", led.led, name="led"),
    path("led/names/", led.names, name="names"),
    path("led/<int:led_id>/remove/", led.remove, name="remove"),
]
