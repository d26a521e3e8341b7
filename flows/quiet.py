"""What Prefect is told before it is loaded: nobody is told what runs here, and the library's records are shown.

What the environment says already is left as it is.
"""

import logging
import os

SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The first start of a temporary server makes its database, which takes long on a slow disk.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "treatynlp",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "DASK_LOGGING__DISTRIBUTED": "warning",
}

for name, value in SETTINGS.items():
    os.environ.setdefault(name, value)

# Each step's record goes to Prefect's server, beside its task; the console is told the rows.
logging.getLogger("treatynlp").setLevel(logging.INFO)
logging.getLogger("treatynlp").propagate = False
