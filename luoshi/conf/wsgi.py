"""The WSGI application that the web server runs."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
application = get_wsgi_application()

# Loaded before the server divides into workers: no first visitor waits for the code of
# the pages, and the collector, which writes to what it looks at, leaves it shared.
import_module("luoshi.conf.urls")
gc.collect()
gc.freeze()
