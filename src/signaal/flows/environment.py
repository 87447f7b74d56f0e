"""What has to be set before Prefect and Great Expectations are imported."""

import os

from signaal.schemas.settings import Settings

# Never to be overruled: nothing about a run is told to anybody.
SILENT = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_LOGGING_LOG_PRINTS": "false",
}
# What an administrator may set otherwise. The server records task runs in bundles: one by one, as it
# does by default, its writes wait for each other and a file costs two seconds instead of a third of one.
DEFAULTS = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "2",
}


def no_core_dumps() -> None:
    """A program that crashes leaves no image of its memory, in which raw text stands."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def prepare(settings: Settings) -> None:
    """Sets the environment of this process: silent, Prefect's home in the workspace."""
    no_core_dumps()
    os.environ.update(SILENT)
    for name, value in {"PREFECT_HOME": str(settings.path(settings.prefect)), **DEFAULTS}.items():
        os.environ.setdefault(name, value)
