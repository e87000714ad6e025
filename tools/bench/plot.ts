/** What a synthesis of some environments took. */
export interface Point {
  readonly environments: number;
  readonly ratio: number;
  readonly peakMiB: number;
}

const size = { width: 360, height: 260, left: 64, bottom: 48, top: 32, right: 16 };

/** Two charts side by side, time and memory over the number of environments, both axes logarithmic. */
export function plot(points: readonly Point[]): string {
  const charts = [
    chart(
      "time, in times the floor",
      points.map(({ environments, ratio }) => [environments, ratio]),
    ),
    chart(
      "peak memory, MiB",
      points.map(({ environments, peakMiB }) => [environments, peakMiB]),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width * 2}" height="${size.height}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...charts.map((lines, index) => `<g transform="translate(${index * size.width} 0)">\n${lines}\n</g>`),
    "</svg>",
    "",
  ].join("\n");
}

type Pair = readonly [x: number, y: number];

function chart(title: string, pairs: readonly Pair[]): string {
  const x = scale(
    pairs.map(([x]) => x),
    size.left,
    size.width - size.right,
  );
  const y = scale(
    pairs.map(([, y]) => y),
    size.height - size.bottom,
    size.top,
  );
  const place = ([px, py]: Pair) => `${x.at(px)},${y.at(py)}`;
  return [
    `<text x="${size.left}" y="18" font-weight="bold">${title}</text>`,
    `<text x="${(size.left + size.width - size.right) / 2}" y="${size.height - 10}" text-anchor="middle">environments</text>`,
    ...x.ticks.map(
      (tick) =>
        `<path d="M${x.at(tick)},${size.top}V${size.height - size.bottom}" stroke="#ddd"/>` +
        `<text x="${x.at(tick)}" y="${size.height - size.bottom + 16}" text-anchor="middle">${tick}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<path d="M${size.left},${y.at(tick)}H${size.width - size.right}" stroke="#ddd"/>` +
        `<text x="${size.left - 6}" y="${y.at(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    `<polyline points="${pairs.map(place).join(" ")}" fill="none" stroke="#06c" stroke-width="2"/>`,
    ...pairs.map(
      (pair) =>
        `<circle cx="${x.at(pair[0])}" cy="${y.at(pair[1])}" r="3" fill="#06c"><title>${pair.join(" environments: ")}</title></circle>`,
    ),
  ].join("\n");
}

/** A logarithmic axis over whole powers of ten. */
function scale(values: readonly number[], from: number, to: number) {
  const lowest = Math.floor(Math.log10(Math.min(...values)));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    ticks: Array.from({ length: highest - lowest + 1 }, (_, index) => 10 ** (lowest + index)),
    at: (value: number) => Math.round(from + ((Math.log10(value) - lowest) / (highest - lowest)) * (to - from)),
  };
}
