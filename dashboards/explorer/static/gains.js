// Whom each article serves: a frame around the chosen delegation's column, and what it gains most and least from.
import { plain } from "./page.js";
import { facts, state } from "./linked.js";
import { CHOSEN, shown, special } from "./charts.js";
import { choose } from "./chosen.js";

const HEATMAP = 1;  // place of the trace of gains; the first one is the strip of coalitions

function framed(figure) {
  const map = figure.data[HEATMAP], column = map.customdata[0].indexOf(plain(facts.names[state.country]));
  if (column < 0) return figure.data;
  const left = column - 0.5, right = column + 0.5, top = -0.5, foot = shown.gains.table.head.length - 2.5;
  return [...figure.data, {
    type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false, xaxis: map.xaxis, yaxis: map.yaxis,
    line: { color: CHOSEN, width: 2 }, x: [left, right, right, left, left], y: [top, top, foot, foot, top],
  }];
}

const value = (words) => Number(words.replace("−", "-"));

function gain(found) {
  const { head, rows } = found.table, row = rows.find((cells) => cells[0] === facts.names[state.country]);
  if (!row) return "";
  const articles = head.slice(1, -1).map((key, place) => [key, row[place + 1]]).sort((one, other) => value(other[1]) - value(one[1]));
  const [best, worst] = [articles[0], articles.at(-1)];
  const parts = [];
  if (value(best[1]) > 0) parts.push("most from article " + best[0] + " (" + best[1] + ")");
  if (value(worst[1]) < 0) parts.push("least from article " + worst[0] + " (" + worst[1] + ")");
  return " All articles together bring " + facts.names[state.country] + " " + row.at(-1) + (parts.length ? ", " + parts.join(" and ") : "") + ".";
}

const clicked = (point) => { if (point.data.customdata) choose({ text: point.customdata }); };

special.gains = { data: framed, finding: gain, clicked, keeps: (changed) => changed === "country" };
