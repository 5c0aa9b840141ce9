from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "luoshi.cases"
    label = "cases"

    def ready(self) -> None:
        from luoshi.cases import handing, registrations, villages  # noqa: F401
        from luoshi.cases.texts import (  # noqa: F401
            apart,
            desk,
            endings,
            ledger,
            orders,
            sealed,
            suggest,
        )
