"""Takes files in: finds them, reads each once, and makes a batch of records of it under its declaration."""
