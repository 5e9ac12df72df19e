"""How fast is Plenary? A plain Mesa version of the same rounds, rooms to time them in, and the figures."""
