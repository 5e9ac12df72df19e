"""The explorer: a server on this machine alone that shows scenarios and runs in a browser, offline."""
