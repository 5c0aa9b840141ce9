from django.urls import path

from luoshi.upkeep.views import files, jobs, outlines, plans, register, rounds

app_name = "upkeep"
urlpatterns = [
    path("", register.assets, name="assets"),
    path("new/", register.add, name="add"),
    path("on-map/", register.on_map, name="on-map"),
    path("on-map/places.json", outlines.places, name="places"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/nothing/", rounds.nothing, name="nothing"),
    path("condition/", rounds.condition, name="condition"),
    path("bring/", files.table, name="bring"),
    path("bring/example/", files.example, name="bring-example"),
    path("bring/<str:job>/", files.table_look, name="bring-look"),
    path("map/", files.map_in, name="map"),
    path("map/<str:system>/<str:order>/<str:job>/", files.map_look, name="map-look"),
    path("register.xlsx", files.as_table, name="as-table"),
    path("register.geojson", files.as_map, name="as-map"),
    path("plates.pdf", files.plates, name="plates"),
    path("plan/", plans.plans, name="plans"),
    path("plan/new/", plans.set_up, name="plan-new"),
    path("plan/<int:plan_id>/", plans.plan, name="plan"),
    path("plan/<int:plan_id>/approve/", plans.approve, name="plan-approve"),
    path("plan/<int:plan_id>/begin/<int:year>/", plans.begin, name="plan-begin"),
    path("plan/<int:plan_id>/villages/", plans.spread, name="plan-spread"),
    path("plan/<int:plan_id>/jobs/", jobs.jobs, name="jobs"),
    path(
        "plan/<int:plan_id>/facility/<int:asset_id>/",
        plans.plan_asset,
        name="plan-asset",
    ),
    path("job/<int:job_id>/", jobs.job, name="job"),
    path("<int:asset_id>/", register.asset, name="asset"),
    path("<int:asset_id>/change/", register.change, name="change"),
    path("<int:asset_id>/retire/", register.retire, name="retire"),
    path("<int:asset_id>/look/", rounds.look, name="look"),
]
