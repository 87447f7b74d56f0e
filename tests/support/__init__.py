"""What several tests need: workspaces on disk, and the search for what must not be found."""
