"""The phases of a round, one file each. A phase takes the model and changes its chamber."""
