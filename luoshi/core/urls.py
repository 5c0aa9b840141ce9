from django.urls import path

from luoshi.core.views import entry

app_name = "core"
urlpatterns = [
    path("health", entry.health, name="health"),
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-in/code/", entry.code, name="code"),
    path("sign-in/phone/", entry.enrol, name="enrol"),
    path("sign-in/phone/code.svg", entry.enrol_picture, name="enrol-picture"),
    path("password/", entry.password, name="password"),
    path("sign-out/", entry.sign_out, name="sign-out"),
]
