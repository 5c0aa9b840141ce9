from django.urls import path

from luoshi.archive.views import packages, terms

app_name = "archive"
urlpatterns = [
    path("", packages.home, name="home"),
    path("begin/", packages.begin, name="begin"),
    path("package/<int:package_id>/", packages.package, name="package"),
    path("package/<int:package_id>/go-on/", packages.go_on, name="go-on"),
    path("package/<int:package_id>/file/", packages.fetch, name="fetch"),
    path("waiting/<int:year>/", terms.waiting, name="waiting"),
    path("term/<str:number>/", terms.choose, name="choose"),
    path("terms/", terms.rules, name="terms"),
    path("appraise/", terms.due, name="due"),
    path("appraise/<int:entry_id>/", terms.appraise, name="appraise"),
]
