"""What does a finished negotiation say? One analysis a file, each a set of functions on arrays."""
