"""The door for a web server: `evenhand.wsgi:application`."""

from __future__ import annotations

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from evenhand.record.safety import refuse_unsafe_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
application = get_wsgi_application()
# Cycles are few among what a page makes: looked for after 50,000 new objects instead of 700, they cost no page much.
gc.freeze()
gc.set_threshold(50_000, 20, 100)
if settings.PRODUCTION:
    refuse_unsafe_database()
    connections.close_all()  # a server that goes on to split into several processes must not share this one
