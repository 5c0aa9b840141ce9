from django.urls import path

from luoshi.projects.views import lasting, staff, ventures

app_name = "projects"
urlpatterns = [
    path("projects/", staff.board, name="board"),
    path("projects/round/<int:cycle_id>/", staff.board, name="cycle"),
    path("projects/round/new/", staff.begin, name="begin"),
    path("projects/round/<int:cycle_id>/stage/", staff.stage, name="stage"),
    path("projects/round/<int:cycle_id>/enter/", staff.enter, name="enter"),
    path("projects/round/<int:cycle_id>/lasting/", lasting.of_round, name="lasting"),
    path("projects/round/<int:cycle_id>/labels/", lasting.labels, name="labels"),
    path("projects/lasting/", lasting.of_round, name="lasting_now"),
    path("projects/usual/", lasting.usual_values, name="usual"),
    path("projects/usual/<slug:kind>/", lasting.usual_kind, name="usual_kind"),
    path("projects/years/", ventures.listed, name="ventures"),
    path("projects/years/new/", ventures.begin, name="begin_venture"),
    path("projects/years/<int:number>/", ventures.venture, name="venture"),
    path("projects/years/<int:number>/word/", ventures.word, name="venture_word"),
    path("projects/<int:number>/", staff.project, name="project"),
    path("projects/<int:number>/do/<slug:name>/", staff.step, name="step"),
]
