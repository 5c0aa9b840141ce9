from django.urls import path

from luoshi.projects.views import booth, lasting, staff, trials, ventures, votes

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
    path("votes/bring/", votes.bring, name="bring"),
    path("votes/new/<int:cycle_id>/<slug:kind>/", votes.set_up, name="vote-new"),
    path("votes/<int:election_id>/", votes.vote, name="vote"),
    path("votes/<int:election_id>/do/<slug:name>/", votes.step, name="vote-step"),
    path("votes/<int:election_id>/slips/", votes.slips, name="slips"),
    path("votes/<int:election_id>/void/<int:batch_id>/", votes.void, name="void"),
    path("votes/<int:election_id>/blank/", votes.blank, name="blank"),
    path("votes/<int:election_id>/try/", trials.trial, name="trial"),
    path("votes/<int:election_id>/paper/", booth.paper, name="paper"),
    path("votes/<int:election_id>/device/", booth.device, name="device"),
    path("votes/<int:election_id>/sheets/", booth.sheets, name="sheets"),
    path("votes/<int:election_id>/decide/", votes.decide, name="decide"),
    path("votes/<int:election_id>/decision.docx", votes.document, name="document"),
    path("votes/<int:election_id>/again/", votes.again, name="again"),
    path("votes/<int:election_id>/ballots.pb", votes.ballots, name="ballots"),
]
