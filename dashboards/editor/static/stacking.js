// Dots that would overlap stand one above the other: `points` are [key, 0–100], `width` and `size` in pixels.

export function stacked(points, width, size) {
  const last = []; // by row, where its last dot stands
  const rows = new Map();
  for (const [key, value] of [...points].sort(([one, x], [other, y]) => x - y || one.localeCompare(other))) {
    const at = (value / 100) * width;
    let row = last.findIndex((before) => at - before >= size);
    if (row < 0) row = last.length;
    last[row] = at;
    rows.set(key, row);
  }
  return { rows, count: last.length };
}
