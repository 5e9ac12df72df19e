"""The classroom: people in some seats, the model in the rest; every act is on disk before it counts."""
