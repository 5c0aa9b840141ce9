from django.urls import path

from luoshi.consultations.urls_habits import STAFF
from luoshi.consultations.views import closing, looking, preparing, sheets

app_name = "consultations"
urlpatterns = [
    *STAFF,
    path("", preparing.consultations, name="list"),
    path("new/", preparing.new, name="new"),
    path("<int:number>/", preparing.one, name="one"),
    path("<int:number>/asked/", preparing.asked, name="asked"),
    path("<int:number>/draft/", preparing.draft, name="draft"),
    path("<int:number>/way/", preparing.way, name="way"),
    path("<int:number>/open/", preparing.open_it, name="open"),
    path("<int:number>/link/", preparing.link, name="link"),
    path("<int:number>/link/<int:link_id>/off/", preparing.unlink, name="unlink"),
    path("<int:number>/again/", preparing.again, name="again"),
    path("<int:number>/poster/", preparing.poster, name="poster"),
    path("<int:number>/statements/", looking.statements, name="statements"),
    path("<int:number>/statements/say/", looking.say, name="say"),
    path(
        "<int:number>/statements/<int:statement_id>/<slug:what>/",
        looking.decide,
        name="decide",
    ),
    path("<int:number>/sheets/", sheets.sheets, name="sheets"),
    path("<int:number>/sheets/blank/", sheets.blank, name="blank"),
    path("<int:number>/sheets/<int:sheet>/", sheets.sheet, name="sheet"),
    path("<int:number>/sheets/<int:sheet>/drop/", sheets.drop, name="drop"),
    path("<int:number>/closing/", closing.closing, name="closing"),
    path(
        "<int:number>/closing/answer/<int:statement_id>/", closing.answer, name="answer"
    ),
    path("<int:number>/closing/step/<int:step_id>/", closing.step, name="step"),
    path("<int:number>/closing/trial/", closing.trial, name="trial"),
    path("<int:number>/closing/trial/<int:trial_id>/", closing.look, name="look"),
    path("<int:number>/closing/close/", closing.close, name="close"),
    path("<int:number>/closing/publish/", closing.publish, name="publish"),
    path("<int:number>/closing/stop/", closing.stop, name="stop"),
]
