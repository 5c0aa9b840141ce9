from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "luoshi.alerts"
    label = "alerts"

    def ready(self) -> None:
        from luoshi.alerts import registrations  # noqa: F401
