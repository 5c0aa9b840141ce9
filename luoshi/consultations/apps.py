from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "luoshi.consultations"
    label = "consultations"

    def ready(self) -> None:
        from luoshi.consultations import registrations  # noqa: F401
