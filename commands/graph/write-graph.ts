import { d2 } from "../drawing/d2";
import { mermaid } from "../drawing/mermaid";
import { svg } from "../drawing/svg";
import type { Output } from "../program/surroundings";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { drawingOfEnvironment } from "./environment-drawing";

const languages = { svg, mermaid, d2 } as const;

/** Prints an environment as a picture. */
export function printGraph(output: Output, environment: EnvironmentJson, language: keyof typeof languages): void {
  output.write(languages[language](drawingOfEnvironment(environment)));
}
