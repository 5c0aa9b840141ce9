from django.urls import path

from luoshi.ui import views
from luoshi.ui.gallery import gallery

app_name = "ui"
urlpatterns = [
    path("", gallery, name="gallery"),
    path("language/", views.set_language, name="language"),
    path("size/", views.set_size, name="size"),
]
