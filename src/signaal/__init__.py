"""signaal: from raw Dutch field data to a research store, with the personal data taken out."""

from importlib.metadata import version

__version__ = version("signaal")
