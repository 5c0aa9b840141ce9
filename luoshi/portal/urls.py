from django.urls import path

from luoshi.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.towns, name="towns"),
    path("<slug:town>/", views.front, name="front"),
]
