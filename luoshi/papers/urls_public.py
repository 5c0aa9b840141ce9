from django.urls import path

from luoshi.papers.views import genuine

app_name = "genuine"
urlpatterns = [path("paper/<str:code>/", genuine.genuine, name="paper")]
