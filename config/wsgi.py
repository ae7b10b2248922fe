"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# All that lives as long as the process is there before the first request, and the collector never looks at it again:
# a full collection in the middle of a request took 30 ms.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
