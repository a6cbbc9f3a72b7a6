"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Django first: the rest needs its settings.
django_application = get_wsgi_application()

from config.public import UnchangedFirst  # noqa: E402

application = UnchangedFirst(django_application)
