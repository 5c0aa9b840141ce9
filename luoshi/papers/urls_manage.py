from django.urls import path

from luoshi.papers.views import templates

app_name = "papers-manage"
urlpatterns = [
    path("paper-templates/", templates.templates, name="templates"),
    path("paper-templates/<str:kind>/", templates.template, name="template"),
    path("paper-templates/<str:kind>/file/", templates.template_file, name="file"),
    path("paper-templates/<str:kind>/retire/", templates.retire, name="retire"),
]
