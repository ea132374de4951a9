"""Through which door does a WSGI server call the web layer?"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings")
django = get_wsgi_application()

from gongkai_web.flow.tied import end_with_server  # noqa: E402 - needs the settings
from gongkai_web.portal.direct import Direct  # noqa: E402 - as above
from gongkai_web.portal.kept import KeptPages  # noqa: E402 - as above
from gongkai_web.visits.counting import Counter  # noqa: E402 - as above

made = Direct(django)
application = KeptPages(made, counter=Counter())
end_with_server()
