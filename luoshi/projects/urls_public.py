from django.urls import path

from luoshi.projects.views import lasting, public, ventures

app_name = "choose"
urlpatterns = [
    path("projects/", public.cycle, name="now"),
    path("projects/round/<int:cycle_id>/", public.cycle, name="cycle"),
    path(
        "projects/round/<int:cycle_id>/candidates/",
        public.candidates,
        name="candidates",
    ),
    path(
        "projects/round/<int:cycle_id>/lasting/",
        lasting.public_round,
        name="lasting",
    ),
    path("projects/lasting/", lasting.public_round, name="lasting_now"),
    path("projects/years/", ventures.public_list, name="ventures"),
    path("projects/years/<int:number>/", ventures.public, name="venture"),
    path("projects/round/<int:cycle_id>/propose/", public.propose, name="propose"),
    path("projects/<int:number>/", public.project, name="project"),
    path("projects/<int:number>/support/", public.support, name="support"),
    path("projects/<int:number>/judge/", public.judge, name="judge"),
]
