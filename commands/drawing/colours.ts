import type { Change, NodeKind } from "./drawing";

interface Shade {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

/** Colours of nodes, on a light and on a dark ground; text has a contrast of 7 to 1 or more. */
export const colours: Readonly<Record<NodeKind, { readonly light: Shade; readonly dark: Shade }>> = {
  origin: shades(["#e8eefc", "#3559b0", "#152a5e"], ["#17223f", "#7d9cf0", "#dbe5ff"]),
  entrance: shades(["#e3f4ee", "#1f7a5c", "#0b3b2b"], ["#0f2c23", "#5ec9a3", "#d2f5e7"]),
  gate: shades(["#fff3d6", "#9a6a00", "#4a3300"], ["#33270a", "#e0b04a", "#ffedc2"]),
  rule: shades(["#f1f1f4", "#6b6f7b", "#24262c"], ["#23262d", "#9aa0ad", "#eceef2"]),
  inside: shades(["#eef6ff", "#4b7ca8", "#16364f"], ["#13222f", "#7fb2de", "#dbeeff"]),
  workload: shades(["#f3e9fb", "#7a43a6", "#3b1757"], ["#27163a", "#bd8ce6", "#f2e3ff"]),
  network: shades(["#f7f8fa", "#8a909c", "#24262c"], ["#1b1e24", "#7c828f", "#e6e8ec"]),
  machine: shades(["#e9f7fb", "#2a7f96", "#0c3a46"], ["#0f2930", "#67bfd6", "#d4f4fc"]),
  hole: shades(["#fde7e7", "#b3261e", "#5c0f0a"], ["#3a1210", "#f2837b", "#ffe1de"]),
};

/** What a changed node is outlined with. */
export const changeColours: Readonly<Record<Change, string>> = {
  added: "#1a7f37",
  removed: "#b3261e",
  changed: "#9a6a00",
};

type Three = readonly [fill: string, line: string, text: string];

function shades(light: Three, dark: Three) {
  const shade = ([fill, line, text]: Three): Shade => ({ fill, line, text });
  return { light: shade(light), dark: shade(dark) };
}
