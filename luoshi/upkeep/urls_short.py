from django.urls import path

from luoshi.upkeep.views import plate

app_name = "plate"
urlpatterns = [path("<str:code>", plate.short_code, name="asset")]
