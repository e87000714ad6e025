import { writeFileSync } from "node:fs";
import { d2 } from "../drawing/d2";
import { mermaid } from "../drawing/mermaid";
import { png } from "../drawing/png";
import { svg } from "../drawing/svg";
import type { Output } from "../program/surroundings";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { drawingOfEnvironment } from "./environment-drawing";

const languages = { svg, mermaid, d2 } as const;

/**
 * Writes an environment as a picture.
 *
 * @param file Default: it is printed
 */
export async function writeGraph(
  output: Output,
  environment: EnvironmentJson,
  language: keyof typeof languages | "png",
  file: string | undefined,
): Promise<void> {
  const drawing = drawingOfEnvironment(environment);
  const picture = language === "png" ? await png(svg(drawing)) : languages[language](drawing);
  if (file !== undefined) writeFileSync(file, picture);
  else output.write(picture.toString());
}
