from django.urls import path

from luoshi.papers.views import genuine

app_name = "printed"
urlpatterns = [path("<str:code>", genuine.short_code, name="paper")]
