from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "luoshi.portal"
    label = "portal"
