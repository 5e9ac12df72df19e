// The look back: draws its pictures in the colours of the screen, and leaves the projector when the desk shows something else.
const facts = JSON.parse(document.getElementById("facts").textContent);
const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
const dark = matchMedia("(prefers-color-scheme: dark)");

const ON_DARK = [[/#0072b2/gi, "#3d9ad6"], [/#b3004b/gi, "#ff5c9a"], [/rgba\(0, ?114, ?178/g, "rgba(61,154,214"]];

// A figure in the colours of the screen.
function lit(figure) {
  if (!dark.matches) return figure;
  return JSON.parse(ON_DARK.reduce((written, [from, to]) => written.replace(from, to), JSON.stringify(figure)));
}

function draw() {
  const look = getComputedStyle(document.documentElement), ink = look.getPropertyValue("--ink").trim(), line = look.getPropertyValue("--line").trim();
  const large = document.querySelector("main.large") !== null;
  document.querySelectorAll("[data-figure]").forEach((place) => {
    const { data, layout } = lit(facts.figures[place.dataset.figure]);
    const narrow = place.clientWidth < 480;
    const axis = (one) => ({ ...one, gridcolor: line, linecolor: line, tickcolor: line, zerolinecolor: line, title: { ...one.title, font: { size: large ? 17 : 12, color: ink } } });
    const drawn = {
      ...layout, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", height: layout.height + (narrow ? 40 : 0) + (large ? 60 : 0),
      font: { ...layout.font, color: ink, size: large ? 17 : 13 }, legend: { ...layout.legend, font: { size: large ? 16 : 12 } },
      xaxis: axis(layout.xaxis), yaxis: axis(layout.yaxis),
    };
    if (narrow) { drawn.margin = { ...layout.margin, l: 36, r: 8 }; drawn.xaxis.title.text = drawn.xaxis.title.text.replace(/[;:] /, (found) => found.trim() + "<br>"); drawn.margin.b = 66; }
    Plotly.react(place, data, drawn, settings);
  });
}

function follow() {
  const socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + facts.live);
  socket.addEventListener("message", (event) => {
    const { parts, changes } = JSON.parse(event.data);
    const { spotlight } = parts.programme || changes.programme || {};
    if (spotlight !== undefined && spotlight !== "debrief" && location.hash === "#followed") location.replace(location.pathname.replace("/debrief", ""));
  });
  socket.addEventListener("close", () => setTimeout(follow, 2000));
}

if (window.Plotly) { draw(); dark.addEventListener("change", draw); }
if (facts.live) follow();
document.body.dataset.ready = "yes";
