from django.urls import path

from luoshi.consultations.urls_habits import PUBLIC
from luoshi.consultations.views import resident

app_name = "asked"
urlpatterns = [
    *PUBLIC,
    path("consultations/", resident.consultations, name="list"),
    path("consultations/<int:number>/", resident.one, name="one"),
    path("consultations/<int:number>/answer/", resident.answer, name="answer"),
    path("consultations/<int:number>/say/", resident.say, name="say"),
    path("consultations/<int:number>/mine/", resident.mine, name="mine"),
    path("consultations/<int:number>/mine/change/", resident.change, name="change"),
    path(
        "consultations/<int:number>/mine/withdraw/", resident.withdraw, name="withdraw"
    ),
    path("consultations/<int:number>/results/", resident.results, name="results"),
]
