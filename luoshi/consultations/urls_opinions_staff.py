from django.urls import path

from luoshi.consultations.views import bringing, opinions

app_name = "opinions_work"
urlpatterns = [
    path("polis/", bringing.bring, name="bring"),
    path("polis/<str:job>/", bringing.look, name="look"),
    path("<int:number>/opinions/", opinions.staff_opinions, name="opinions"),
    path(
        "<int:number>/opinions/answers.zip",
        opinions.staff_votes,
        {"form": "zip"},
        name="polis",
    ),
    path(
        "<int:number>/opinions/answers.xlsx",
        opinions.staff_votes,
        {"form": "xlsx"},
        name="excel",
    ),
]
