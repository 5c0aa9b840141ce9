from django.urls import path

from luoshi.cases.views.staff import (
    bring,
    case,
    dispatch,
    figures,
    inbox,
    release,
    steps,
    today,
    together,
    told,
)

app_name = "work"
urlpatterns = [
    path("", today.today, name="today"),
    path("put-away/", today.put_away, name="put-away"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("dispatch/", dispatch.dispatch, name="dispatch"),
    path("dispatch/<str:number>/", dispatch.dispatch, name="dispatch-one"),
    path("enter/", dispatch.enter, name="enter"),
    path("entered/", dispatch.entered, name="entered"),
    path("import/", bring.bring_in, name="import"),
    path("import/<str:job>/", bring.look, name="import-look"),
    path("import/<str:job>/progress/", bring.progress, name="import-progress"),
    path("import/<str:job>/rejects/", bring.rejects, name="import-rejects"),
    path("case/<str:number>/", case.case, name="case"),
    path("case/<str:number>/merge/", together.merge, name="merge"),
    path("case/<str:number>/unmerge/", together.unmerge, name="unmerge"),
    path("figures/", figures.figures, name="figures"),
    path("figures/list/", figures.behind, name="behind"),
    path("release/", release.queue, name="release-queue"),
    path("poster/<int:village_id>/", release.poster, name="poster"),
    path("case/<str:number>/publish/", release.publish, name="publish"),
    path("case/<str:number>/withdraw/", release.withdraw, name="withdraw"),
    path("case/<str:number>/seen/", release.seen, name="seen"),
    path("unreached/", told.unreached, name="unreached"),
    path(
        "case/<str:number>/notice/<int:notice_id>/again/", told.again, name="send-again"
    ),
    path("case/<str:number>/notice/<int:notice_id>/told/", told.told, name="told"),
    path("case/<str:number>/reply/", case.reply, name="reply"),
    path("case/<str:number>/note/", case.note, name="note"),
    path("case/<str:number>/contact/", case.contact, name="contact"),
    path("case/<str:number>/erase/", case.erase, name="erase"),
    path("case/<str:number>/release/", case.release, name="release"),
    path("case/<str:number>/not-reached/", steps.not_reached, name="not-reached"),
    path("case/<str:number>/do/<str:name>/", steps.step, name="step"),
    path("help/<int:support_id>/", steps.answer_support, name="support"),
]
