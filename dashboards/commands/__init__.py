"""The `plenary` commands: one file a command, each with a function `command`; heavy imports stay inside it."""
