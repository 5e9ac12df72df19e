"""The brief of a scenario: what a person should know before it is run, in the terminal and as a page."""
