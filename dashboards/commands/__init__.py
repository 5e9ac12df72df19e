"""The `plenary` commands: one file a command, its function is `command`; heavy imports stay inside."""
