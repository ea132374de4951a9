"""Through which door does a WSGI server call the web layer?"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings")
application = get_wsgi_application()
