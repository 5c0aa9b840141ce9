from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "luoshi.core"
    label = "core"

    def ready(self) -> None:
        from luoshi.core import roles, trail_codes, triggers  # noqa: F401
