"""The application that granian serves. Each server process ends with its parent."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from tutela.cli.running.orphans import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
general = get_wsgi_application()

# It imports models, which need Django's application to be loaded.
from tutela.api.direct import Direct  # noqa: E402

application = Direct(general)
# What was loaded stays for good. Left among the rest, it would be searched for garbage again and again,
# a tenth of a second each time in which nobody is answered.
gc.collect()
gc.freeze()
end_with_parent()
