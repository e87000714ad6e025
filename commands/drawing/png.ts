import { Refusal } from "../program/errors";

/** Families that a machine is likely to have, as the drawing's own list names them and what follows it. */
const families = ["DejaVu Sans Mono", "Liberation Mono", "Menlo", "Consolas"];

/**
 * A picture in SVG as one in PNG, twice as large, so that it stays sharp on a screen of today.
 *
 * @throws Refusal where the machine has no font, for its words would be missing
 */
export async function png(picture: string): Promise<Uint8Array> {
  // It brings a program of its own, which no other command loads.
  const { Resvg } = await import("@resvg/resvg-js");
  const font = {
    loadSystemFonts: true,
    monospaceFamily: families[0] ?? "monospace",
    defaultFontFamily: families[0] ?? "",
  };
  const probe =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9" font-family="monospace">a</text></svg>';
  if (new Resvg(probe, { font }).getBBox() === undefined) {
    throw new Refusal(
      "this machine has no font to write a picture's words with; install one, such as DejaVu, or draw it as svg",
    );
  }
  return new Resvg(picture, { font, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
}
