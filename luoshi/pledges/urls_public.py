from django.urls import path

from luoshi.pledges.views import proposals

app_name = "answers"
urlpatterns = [
    path("proposals/", proposals.public, name="proposals"),
]
