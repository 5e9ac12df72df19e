// Takes the shapes of the world out of the npm package plotly.js and keeps what Plenary draws:
//
//   npm pack plotly.js@4.1.1 && tar xzf plotly.js-4.1.1.tgz package/dist/plotly-geo-assets.js
//   node make_world.mjs package/dist/plotly-geo-assets.js
//
// 1. Keep the layers `countries` and `land` of world_50m, and the arcs that they use.
// 2. Merge areas that carry the same code: plotly.js draws only the first one of a code.
// 3. Note each area's size in square kilometres beside its centre, so that small ones can be drawn as dots.
// 4. Write world_50m.json.gz beside this script, with the same bytes whenever it is run.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";

const EARTH_RADIUS = 6371.0088;

const module = { exports: {} };
const global = { module, exports: module.exports, console };
global.window = global.self = global;
vm.runInNewContext(readFileSync(process.argv[2], "utf8"), global);
const assets = module.exports.topojson ? module.exports : global.PlotlyGeoAssets;
const world = assets.topojson.world_50m;
const { scale, translate } = world.transform;

const points = (index) => {
  let x = 0, y = 0;
  const line = world.arcs[index < 0 ? ~index : index].map(([dx, dy]) => {
    x += dx; y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
  return index < 0 ? line.reverse() : line;
};

const ringArea = (ring) => {
  const line = ring.flatMap((index, place) => points(index).slice(place ? 1 : 0));
  const radians = Math.PI / 180;
  let sum = 0;
  for (let i = 0; i < line.length - 1; i++) {
    const [[x0, y0], [x1, y1]] = [line[i], line[i + 1]];
    const step = ((x1 - x0 + 540) % 360) - 180; // the short way round, also across the date line
    sum += step * radians * (2 + Math.sin(y0 * radians) + Math.sin(y1 * radians));
  }
  return Math.abs(sum * EARTH_RADIUS ** 2 / 2);
};

const polygonArea = ([outer, ...holes]) => ringArea(outer) - holes.reduce((sum, hole) => sum + ringArea(hole), 0);

const byCode = new Map();
for (const area of world.objects.countries.geometries) {
  const polygons = area.type === "Polygon" ? [area.arcs] : area.arcs;
  const size = polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
  const known = byCode.get(area.id);
  if (!known) byCode.set(area.id, { polygons, size, largest: size, centre: area.properties.ct });
  else {
    known.polygons.push(...polygons);
    known.size += size;
    if (size > known.largest) Object.assign(known, { largest: size, centre: area.properties.ct });
  }
}

const kept = new Map();
const renumbered = (part) => {
  if (Array.isArray(part)) return part.map(renumbered);
  const index = part < 0 ? ~part : part;
  if (!kept.has(index)) kept.set(index, kept.size);
  return part < 0 ? ~kept.get(index) : kept.get(index);
};
const countries = [...byCode].map(([id, area]) => ({
  type: "MultiPolygon", id, properties: { ct: area.centre, area: Math.round(area.size) }, arcs: renumbered(area.polygons),
}));
const land = world.objects.land.geometries.map((part) => ({ type: part.type, arcs: renumbered(part.arcs) }));
const thinned = {
  type: "Topology", bbox: world.bbox, transform: world.transform,
  objects: {
    countries: { type: "GeometryCollection", geometries: countries },
    land: { type: "GeometryCollection", geometries: land },
  },
  arcs: [...kept.keys()].map((index) => world.arcs[index]),
};
const target = fileURLToPath(new URL("world_50m.json.gz", import.meta.url));
writeFileSync(target, gzipSync(JSON.stringify(thinned), { level: 9 }));
