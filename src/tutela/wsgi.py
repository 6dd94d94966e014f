"""The application that granian serves. Each server process ends with its parent."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from tutela.cli.running.orphans import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
application = get_wsgi_application()
# What was loaded stays for good. Left among the rest, it would be searched for garbage again and again,
# a tenth of a second each time in which nobody is answered.
gc.collect()
gc.freeze()
end_with_parent()
