"""Every public address begins with the town; printed codes are short and last."""

from django.urls import include, path

from luoshi.ui.views import favicon

urlpatterns = [
    path("", include("luoshi.core.urls")),
    path("favicon.ico", favicon),
    path("ui/", include("luoshi.ui.urls")),
    path("", include("luoshi.portal.urls")),
    path("q/p/", include("luoshi.papers.urls_short")),
    path("q/s/", include("luoshi.upkeep.urls_short")),
    path("q/c/", include("luoshi.consultations.urls_short")),
    path("q/", include("luoshi.cases.urls_short")),
    path("<slug:town>/", include("luoshi.core.urls_town")),
    path("<slug:town>/work/manage/", include("luoshi.core.urls_manage")),
    path("<slug:town>/work/manage/", include("luoshi.commitments.urls_manage")),
    path("<slug:town>/work/", include("luoshi.alerts.urls_staff")),
    path("<slug:town>/work/manage/", include("luoshi.papers.urls_manage")),
    path("<slug:town>/work/", include("luoshi.papers.urls_staff")),
    path("<slug:town>/work/", include("luoshi.pledges.urls_staff")),
    path("<slug:town>/work/", include("luoshi.projects.urls_staff")),
    path("<slug:town>/work/topics/", include("luoshi.topics.urls")),
    path("<slug:town>/work/upkeep/", include("luoshi.upkeep.urls_staff")),
    path("<slug:town>/work/manage/", include("luoshi.upkeep.urls_manage")),
    path("<slug:town>/work/manage/", include("luoshi.consultations.urls_manage")),
    path(
        "<slug:town>/work/consultations/",
        include("luoshi.consultations.urls_staff"),
    ),
    path(
        "<slug:town>/work/consultations/",
        include("luoshi.consultations.urls_opinions_staff"),
    ),
    path("<slug:town>/work/archive/", include("luoshi.archive.urls")),
    path("<slug:town>/work/", include("luoshi.commitments.urls_staff")),
    path("<slug:town>/work/", include("luoshi.commitments.urls_roster")),
    path("<slug:town>/work/", include("luoshi.cases.urls_staff")),
    path("<slug:town>/consultations/", include("luoshi.consultations.urls_opinions")),
    path("<slug:town>/", include("luoshi.alerts.urls_public")),
    path("<slug:town>/", include("luoshi.papers.urls_public")),
    path("<slug:town>/", include("luoshi.pledges.urls_public")),
    path("<slug:town>/", include("luoshi.projects.urls_public")),
    path("<slug:town>/asset/", include("luoshi.upkeep.urls_public")),
    path("<slug:town>/", include("luoshi.consultations.urls_public")),
    path("<slug:town>/", include("luoshi.projects.urls_vote")),
    path("<slug:town>/", include("luoshi.cases.urls_public")),
]
