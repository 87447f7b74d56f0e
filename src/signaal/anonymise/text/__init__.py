"""Free text: detection with Presidio over the Dutch pipeline, and replacement of what was found."""
