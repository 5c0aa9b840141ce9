from django.urls import path

from luoshi.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.set_language, name="language"),
    path("size/", views.set_size, name="size"),
]
