from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "luoshi.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        from luoshi.upkeep import registrations  # noqa: F401
