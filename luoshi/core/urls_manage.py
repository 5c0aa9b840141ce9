from django.urls import path

from luoshi.core.views.manage import (
    addresses,
    handover,
    named_places,
    people,
    places,
    population,
    villages,
)

app_name = "manage"
urlpatterns = [
    path("", people.people, name="people"),
    path("post/", people.add_post, name="add-post"),
    path("post/<int:tenure_id>/end/", people.end_post, name="end-post"),
    path("account/<int:user_id>/password/", people.reset_password, name="reset"),
    path("account/<int:user_id>/phone/", people.reset_factor, name="reset-factor"),
    path("hand-over/", handover.hand_over, name="hand-over"),
    path("hand-over/pairs/", handover.pairs, name="hand-over-pairs"),
    path("hand-over/posts/", handover.posts_list, name="hand-over-posts"),
    path("hand-over/<int:handover_id>/", handover.handed_over, name="handed-over"),
    path("villages/", places.villages, name="villages"),
    path("villages/join/", villages.join, name="join"),
    path("villages/joined/<int:merge_id>/", villages.joined, name="joined"),
    path("villages/joined/<int:merge_id>/undo/", villages.part, name="part"),
    path("villages/groups/", places.add_groups, name="groups"),
    path("population/", population.population, name="population"),
    path(
        "population/example/", population.population_example, name="population-example"
    ),
    path("population/table/", population.population_table, name="population-table"),
    path("population/sheet/", population.population_sheet, name="population-sheet"),
    path("population/<str:job>/", population.population_look, name="population-look"),
    path("places/", named_places.named_places, name="places"),
    path("places/bring/", named_places.bring_places, name="places-bring"),
    path(
        "places/bring/example/",
        named_places.bring_example,
        name="places-bring-example",
    ),
    path("places/bring/<str:job>/", named_places.bring_look, name="places-bring-look"),
    path(
        "places/<int:named_place_id>/remove/",
        named_places.remove,
        name="place-remove",
    ),
    path("offices/", places.offices, name="offices"),
    path("calendar/", places.calendar, name="calendar"),
    path("settings/", places.settings, name="settings"),
    path("robot/", addresses.robot, name="robot"),
    path("mail/", addresses.email, name="email"),
]
