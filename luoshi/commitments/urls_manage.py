from django.urls import path

from luoshi.commitments.views import approval, catalogue

app_name = "catalogue"
urlpatterns = [
    path("path/", approval.path, name="path"),
    path("path/<int:rule_id>/remove/", approval.remove_path, name="remove-path"),
    path("stand-ins/", approval.deputies, name="deputies"),
    path("stand-ins/<int:deputy_id>/end/", approval.end_deputy, name="end-deputy"),
    path("categories/", catalogue.categories, name="categories"),
    path("categories/<int:category_id>/", catalogue.category, name="category"),
    path("categories/<int:category_id>/off/", catalogue.switch_off, name="off"),
    path("categories/<int:category_id>/on/", catalogue.switch_on, name="on"),
    path("rules/", catalogue.rules, name="rules"),
    path("duties/", catalogue.duties, name="duties"),
    path("duties/<int:duty_id>/remove/", catalogue.remove_duty, name="remove-duty"),
    path("duties/bring/", catalogue.bring_duties, name="bring"),
    path("duties/bring/example/", catalogue.bring_example, name="bring-example"),
    path("duties/bring/<str:job>/", catalogue.bring_look, name="bring-look"),
]
