"""Single keys can be switched off, on the server, for one person."""

from luoshi.core.models import TrailEntry, User


def test_who_switches_the_keys_off_has_them_off_on_every_machine(place):
    url = f"/{place.town.code}/work/keys/"
    assert 'data-keys="off"' not in place.client("handler").get(url).content.decode()
    assert place.client("handler").post(url, {"keys": "off"}).status_code == 302
    other_machine = place.client("handler")
    assert 'data-keys="off"' in other_machine.get(url).content.decode()
    assert 'data-keys="off"' not in place.client("water").get(url).content.decode()
    assert other_machine.post(url, {"keys": "off"}).status_code == 302
    entry = TrailEntry.objects.get(code="core.keys_set")
    assert (entry.person.name, entry.data) == ("handler", {"on": False})
    other_machine.post(url, {"keys": "on"})
    assert User.objects.get(person__name="handler").shortcuts
