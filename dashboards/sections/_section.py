"""What a section of the report holds: a question, the answer in words, pictures and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboards.pictures._picture import Picture


class Drawn(NamedTuple):
    """A picture named like its figure, under a heading; `choices` by key (an empty word where there is none),
    in the words of `options`, after the label `choose`."""

    figure: str
    heading: str
    choices: Mapping[str, Picture]
    options: Sequence[tuple[str, str]] = ()
    choose: str = ""


class Table(NamedTuple):
    """A table with its caption; `rows` are cells of words under the headings `head`."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Section(NamedTuple):
    """A question that people ask of a run and its answer: three to six sentences, each backed by a number in
    the pictures or tables beneath."""

    title: str
    question: str
    sentences: Sequence[str]
    pictures: Sequence[Drawn] = ()
    tables: Sequence[Table] = ()
