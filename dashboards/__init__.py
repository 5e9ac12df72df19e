"""What people look at: figures, the report and the command line."""
