"""Addresses of the questionnaire and of who was heard, for both lists."""

from django.urls import path

from luoshi.consultations.views import habits, lived

PUBLIC = [
    path("consultations/<int:number>/habits/", lived.habits, name="habits"),
    path("consultations/<int:number>/lived/", lived.lived, name="lived"),
]
STAFF = [
    path("<int:number>/questionnaire/", habits.questionnaire, name="questionnaire"),
    path("<int:number>/means/", habits.means, name="means"),
    path("<int:number>/means/costs/", habits.costs, name="costs"),
    path("<int:number>/heard/", habits.heard, name="heard"),
    path("<int:number>/heard/sheet/", habits.heard_sheet, name="heard-sheet"),
    path(
        "<int:number>/sheets/<int:sheet>/habits/",
        habits.sheet_habits,
        name="sheet-habits",
    ),
]
