"""What recorded votes and the recorded spread say of a scenario's own parameters: docs/calibration.md."""
