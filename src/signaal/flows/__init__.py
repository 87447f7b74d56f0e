"""The flows that join the stages, and the command line."""
