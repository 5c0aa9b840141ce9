from django.urls import path

from luoshi.projects.views import ballot

app_name = "vote"
urlpatterns = [
    path("vote/", ballot.enter, name="enter"),
    path("vote/with/<str:code>/", ballot.with_code, name="with"),
    path("vote/done/", ballot.cast, name="done"),
    path("vote/<int:election_id>/", ballot.vote, name="vote"),
    path("vote/<int:election_id>/ballots.pb", ballot.ballots, name="ballots"),
    path("vote/<int:election_id>/vote.xlsx", ballot.table, name="table"),
]
