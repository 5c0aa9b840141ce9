from django.urls import path

from luoshi.consultations.views import opinions

app_name = "opinions"
urlpatterns = [
    path("<int:number>/opinions/", opinions.opinions, name="opinions"),
    path(
        "<int:number>/opinions/answers.zip",
        opinions.votes,
        {"form": "zip"},
        name="polis",
    ),
    path(
        "<int:number>/opinions/answers.xlsx",
        opinions.votes,
        {"form": "xlsx"},
        name="excel",
    ),
]
