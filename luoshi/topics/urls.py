from django.urls import path

from luoshi.topics import views

app_name = "topics"
urlpatterns = [
    path("", views.topics, name="topics"),
    path("<int:topic>/", views.topic, name="topic"),
    path("<int:topic>/name/", views.rename, name="rename"),
    path("<int:topic>/chosen/", views.chosen, name="chosen"),
    path("<int:topic>/put-in/", views.put_in, name="put-in"),
    path("<int:topic>/into/", views.into, name="into"),
    path("<int:topic>/act/", views.act, name="act"),
]
