"""The application that granian serves. Each server process ends with its parent."""

import os

from django.core.wsgi import get_wsgi_application

from tutela.cli.running.orphans import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
application = get_wsgi_application()
end_with_parent()
