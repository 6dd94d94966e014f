"""Classes of the Open Cybersecurity Schema Framework and their activities, as events of the trail declare them.

The numbers are those of the schema (schema.ocsf.io, 1.3.0 to 1.8.0).
"""

from typing import Final

API, DATASTORE, AUTHENTICATION, ACCOUNT = 6003, 6005, 3002, 3001
USER_ACCESS, SESSION, ENTITY, FINDING = 3005, 3003, 3004, 2004
OTHER: Final = 99
Kind = tuple[int, int]
"""A class and an activity of it."""
READ: Final[Kind] = (DATASTORE, 1)
UPDATE: Final[Kind] = (DATASTORE, 2)
QUERY: Final[Kind] = (DATASTORE, 4)
WRITE: Final[Kind] = (DATASTORE, 5)
CREATE: Final[Kind] = (DATASTORE, 6)
DELETE: Final[Kind] = (DATASTORE, 7)
LIST: Final[Kind] = (DATASTORE, 8)
DECRYPT: Final[Kind] = (DATASTORE, 10)
LOGON: Final[Kind] = (AUTHENTICATION, 1)
LOGOFF: Final[Kind] = (AUTHENTICATION, 2)
ACCOUNT_CREATE: Final[Kind] = (ACCOUNT, 1)
ACCOUNT_ENABLE: Final[Kind] = (ACCOUNT, 2)
PASSWORD_CHANGE: Final[Kind] = (ACCOUNT, 3)
PASSWORD_RESET: Final[Kind] = (ACCOUNT, 4)
ACCOUNT_DISABLE: Final[Kind] = (ACCOUNT, 5)
FACTOR_ENABLE: Final[Kind] = (ACCOUNT, 10)
FACTOR_DISABLE: Final[Kind] = (ACCOUNT, 11)
ACCOUNT_UNLOCK: Final[Kind] = (ACCOUNT, 12)
ACCOUNT_OTHER: Final[Kind] = (ACCOUNT, OTHER)
PRIVILEGES_ASSIGN: Final[Kind] = (USER_ACCESS, 1)
PRIVILEGES_REVOKE: Final[Kind] = (USER_ACCESS, 2)
SESSION_ASSIGN: Final[Kind] = (SESSION, 1)
ENTITY_CREATE: Final[Kind] = (ENTITY, 1)
ENTITY_UPDATE: Final[Kind] = (ENTITY, 3)
ENTITY_DELETE: Final[Kind] = (ENTITY, 4)
FINDING_CREATE: Final[Kind] = (FINDING, 1)
FINDING_UPDATE: Final[Kind] = (FINDING, 2)
FINDING_CLOSE: Final[Kind] = (FINDING, 3)
