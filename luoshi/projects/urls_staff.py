from django.urls import path

from luoshi.projects.views import staff

app_name = "projects"
urlpatterns = [
    path("projects/", staff.board, name="board"),
    path("projects/round/<int:cycle_id>/", staff.board, name="cycle"),
    path("projects/round/new/", staff.begin, name="begin"),
    path("projects/round/<int:cycle_id>/stage/", staff.stage, name="stage"),
    path("projects/round/<int:cycle_id>/enter/", staff.enter, name="enter"),
    path("projects/<int:number>/", staff.project, name="project"),
    path("projects/<int:number>/do/<slug:name>/", staff.step, name="step"),
]
