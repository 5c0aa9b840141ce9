from django.urls import path

from luoshi.core.views import files

app_name = "town"
urlpatterns = [
    path("file/<str:stored_name>", files.serve_file, name="file"),
]
