// Draws every picture once, as wide as its place on the page, and leaves it at that.
const TALLEST = 940; // pixels that a page has for a figure
const FLATTER = { support: 0.78, influence: 0.66, why: 0.75 }; // so that two stand on a page

// Coastlines many times over would make the printed file too large to mail, so the maps become images.
async function drawMap(place, text, round) {
  const width = place.clientWidth, small = width < 300;
  const { data, layout } = fitMap(structuredClone(report.map.figure), width), changing = mapped(text, round);
  data.forEach((trace) => {
    Object.entries(changing[trace.meta.part](trace.meta.rows)).forEach(([path, [values]]) => {
      const [outer, inner] = path.split(".");
      if (inner) trace[outer][inner] = values;
      else trace[outer] = values;
    });
  });
  if (small) {
    layout.margin = { l: 0, r: 0, t: 0, b: 0 };
    layout.coloraxis.showscale = false;
  }
  const height = small ? Math.round(width * 0.47) : layout.height;
  const figure = { data, layout: { template: report.look, ...layout, width, height } };
  const image = new Image(width, height);
  image.alt = "";
  image.src = await Plotly.toImage(figure, { format: "png", width, height, scale: 3 });
  await image.decode();
  place.replaceChildren(image);
}

function drawStill(place) {
  const { picture, key, round } = place.dataset, width = place.clientWidth;
  if (picture === "map") return drawMap(place, key, Number(round));
  const figure = report.pictures[picture][key].figure;
  const square = figure.layout.meta && figure.layout.meta.square ? width + 60 : Infinity;
  const height = Math.min(figure.layout.height * (FLATTER[picture] || 1), square, TALLEST);
  return Plotly.newPlot(place, figure.data, { template: report.look, ...figure.layout, height, width }, still);
}

Promise.all([drawCover(), ...[...document.querySelectorAll(".chart[data-picture]")].map(drawStill)]).then(() => {
  document.body.dataset.ready = "";
});
