"""Where sessions are kept: in the database, as Django does it, but no cookie reaches it unread."""

import re
from typing import Any

from django.contrib.sessions.backends import db

KEY = re.compile(r"[a-z0-9]{32}")
"""What Django makes. PostgreSQL takes no NUL in a text, which a quoted cookie can carry."""


class SessionStore(db.SessionStore):
    """Asks the database only for keys that could be there.

    It is called what Django's is called: the name is a part of what signs a session's data.
    """

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and KEY.fullmatch(key) is not None
