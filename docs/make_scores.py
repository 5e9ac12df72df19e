"""Works out the scores on the shipped roll calls that reports show: `uv run python docs/make_scores.py`."""

from simulation.backtest.shipped_scores import write

if __name__ == "__main__":
    write()
