from django.urls import path

from luoshi.core.views import entry

app_name = "core"
urlpatterns = [
    path("health", entry.health, name="health"),
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-out/", entry.sign_out, name="sign-out"),
]
