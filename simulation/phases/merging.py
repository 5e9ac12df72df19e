"""Two texts become one: what happens on the day on which texts are merged."""

from __future__ import annotations

from simulation.appeals import ambition
from simulation.chamber import Chamber
from simulation.room import Room
from simulation.wording import codes


def merge(room: Room, chamber: Chamber, text: int) -> None:
    """Bring the texts together that a text merges, as they stand on this day, and take them off the table.

    Articles keep the wording that stands in each replicate; places on the same issue are averaged as within
    any text. What the merged text then brings its sponsors is what their ambition is measured by.
    """
    for article, (source, there) in room.merges[text].items():
        chamber.chosen[text, article] = chamber.chosen[source, there]
    for source in {source for source, _ in room.merges[text].values()}:
        chamber.on_table[source] = False
    chamber.place(text, room)
    chamber.tabled_places[text] = chamber.places[text]
    chamber.initial[text] = chamber.sponsors[text].gain(chamber.places[text])
    chamber.ambition[text] = ambition(room, chamber, text)
    wording = room.wordings[text]
    chamber.visited[text] = [codes(wording, chamber.chosen[text, : len(wording.articles)])]
    chamber.watch_red_lines(room, [text])
