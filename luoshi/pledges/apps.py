from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "luoshi.pledges"
    label = "pledges"

    def ready(self) -> None:
        from luoshi.pledges import registrations  # noqa: F401
