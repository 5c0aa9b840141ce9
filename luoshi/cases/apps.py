from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "luoshi.cases"
    label = "cases"

    def ready(self) -> None:
        from luoshi.cases import handing, registrations  # noqa: F401
        from luoshi.cases.texts import apart, desk, ledger, orders  # noqa: F401
