"""The teacher's kit: everything of a lesson that is printed."""
