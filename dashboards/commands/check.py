"""`plenary check`: is this folder a legal scenario, and does it say what its author means?"""

from __future__ import annotations

from dashboards.options import Json, Scenario


def command(path: Scenario, json: Json = False) -> None:
    """Check a scenario: all its problems at once.

    Each with its file, its place and its mend, on standard error, with exit code 2. A sound scenario may
    still get remarks: what is legal but seldom meant, such as a divided bloc or a text that moves nobody.
    """
    import typer

    from dashboards.cli import BAD_INPUT, DONE
    from dashboards.terminal import print_json
    from scenarios import ScenarioError, load
    from simulation.remarks import remarks

    try:
        scenario = load(path)
    except ScenarioError as error:
        if not json:
            raise
        fields = ("file", "row", "column", "message", "mend")
        problems = [{field: getattr(problem, field) for field in fields} for problem in error.problems]
        print_json({"fine": False, "problems": problems})
        raise typer.Exit(BAD_INPUT) from None

    found = remarks(scenario)
    counts = {
        "delegations": len(scenario.delegations),
        "issues": len(scenario.issues),
        "texts": len(scenario.texts),
        "articles": sum(len(text.articles) for text in scenario.texts.values()),
        "blocs": len(scenario.blocs),
        "ties": len(scenario.ties),
        "red lines": len(scenario.red_lines),
        "events": len(scenario.events),
        "rounds": sum(stretch.rounds for stretch in scenario.calendar),
    }
    if json:
        noted = [remark._asdict() for remark in found]
        print_json({"fine": True, "name": scenario.name, "counts": counts, "remarks": noted})
    else:
        print(
            f"{scenario.name}: fine. " + ", ".join(f"{count} {what}" for what, count in counts.items()) + "."
        )
        if found:
            print("\nWorth a second look:")
        for remark in found:
            print(f"· {remark}")
    raise typer.Exit(DONE)
