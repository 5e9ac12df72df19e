"use strict";
// Draws the pictures of the report. Everything comes from the block `report-data`.
const report = unpacked(JSON.parse(document.getElementById("report-data").textContent));
const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
const still = { ...settings, staticPlot: true };

function byId(id) { return document.getElementById(id); }

// Long lists of words and of whole numbers come as Base64 VLQ, the length of their rows first: dashboards/packing.py.
function unpacked(document) {
  const unpack = (value) => {
    if (Array.isArray(value)) return value.map(unpack);
    if (value === null || typeof value !== "object") return value;
    if ("packedWords" in value) {
      const [wide, ...places] = numbersOf(value.packedWords);
      return inRows(places.map((place) => document.words[place]), wide);
    }
    if ("packedNumbers" in value) {
      const [wide, ...steps] = numbersOf(value.packedNumbers);
      let number = 0;
      return inRows(steps.map((step) => (number += step)), wide);
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unpack(one)]));
  };
  return unpack(document.packed);
}

function numbersOf(code) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", numbers = [];
  let number = 0, shift = 0;
  for (const letter of code) {
    const digit = digits.indexOf(letter);
    number += (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number & 1 ? -(number >> 1) : number >> 1);
      number = shift = 0;
    }
  }
  return numbers;
}

function inRows(cells, wide) {
  if (!wide) return cells;
  return Array.from({ length: cells.length / wide }, (_, row) => cells.slice(row * wide, (row + 1) * wide));
}

// The map on a phone, or small on paper: small letters would cover the states that they stand for.
function fitMap(figure, width) {
  figure.layout.height = Math.round(width * 0.44) + 60;
  if (width >= 480) return figure;
  figure.data.forEach((trace) => {
    if (trace.meta.part === "letters") trace.textfont.size = trace.meta.area.map((area) => (area >= 1500000 ? 8 : area >= 450000 ? 6 : 0.1));
    if (trace.meta.part === "dots") trace.marker.size = 5;
  });
  return figure;
}

// What one round of one text changes on the map, by part of the figure.
function mapped(text, round) {
  const map = report.map, codes = map.codes[text][round];
  const stance = (row) => map.stances[Math.floor(codes[row] / map.steps)];
  const share = (row) => codes[row] % map.steps;
  const words = (row) => plainText(map.names[row]) + ": " + stance(row).word + " in " + share(row) + "\u00a0% of replicates";
  const ink = (row) => (share(row) >= map.inks.from ? map.inks.light : map.inks.dark);
  return {
    stance,
    share,
    shapes: (rows) => ({ z: [rows.map((row) => codes[row])], text: [rows.map(words)] }),
    letters: (rows) => ({ text: [rows.map((row) => stance(row).letter)], "textfont.color": [rows.map(ink)] }),
    dots: (rows) => ({
      text: [rows.map(words)],
      "marker.color": [rows.map((row) => codes[row])],
      "marker.symbol": [rows.map((row) => stance(row).form)],
    }),
  };
}

// Plotly reads tags in labels.
function plainText(words) { return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;"); }

// The map if there is one, else the support for the first text: it stands still at the head of the report.
function drawCover() {
  const place = byId("chart-cover"), width = place.clientWidth;
  const found = report.map ? fitMap(structuredClone(report.map.figure), width) : structuredClone(Object.values(report.pictures.support)[0].figure);
  return Plotly.newPlot(place, found.data, { template: report.look, ...found.layout }, still);
}
