import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatField, formatValue } from "../../modules/schema/problem";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import type { DoorOfIngress } from "./annotations";
import { type Converted, convertIngresses } from "./ingress";

async function textOf({ calledIn, input }: Surroundings, file: string): Promise<string> {
  if (file !== "-") {
    try {
      return readFileSync(resolve(calledIn, file), "utf8");
    } catch (error) {
      throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  let text = "";
  for await (const chunk of input) text += String(chunk);
  return text;
}

function asText({ routes, notConverted }: Converted): string {
  const workloads = Object.entries(routes).map(([service, list]) => {
    const [field] = formatField(service, 0).split(":");
    return [`  ${field}: {`, "    routes: [", ...list.map((route) => `      ${formatValue(route)},`), "    ],", "  },"];
  });
  const lines = (all: Converted["notConverted"]) =>
    all.map(({ ingress, what, here }) => `  ${ingress}: ${what}\n    here: ${here}`);
  const guards = lines(notConverted.filter((one) => one.guards === true));
  const left = lines(notConverted.filter((one) => one.guards !== true));
  return [
    "workloads: {",
    ...workloads.flat(),
    "},",
    "",
    'Every door is internal until its `exposure` says "internet-facing"; a workload has the name of the Service here.',
    ...(guards.length === 0
      ? []
      : ["", "Stopped callers, and nothing stops them here until it is written:", ...guards]),
    ...(left.length === 0 ? [] : ["", "Not converted:", ...left]),
    "",
  ].join("\n");
}

/** Prints the routes of a file's Ingresses, and what could not be turned into one. */
export async function printConverted(
  surroundings: Surroundings,
  file: string,
  door: DoorOfIngress,
  json: boolean,
): Promise<void> {
  const text = await textOf(surroundings, file);
  let converted: Converted;
  try {
    converted = convertIngresses(text, door);
  } catch (error) {
    throw new Refusal(`${file} is no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (converted.ingresses === 0) {
    throw new Refusal(
      `${file} has no Ingress of networking.k8s.io. Give a file with one, or \`kubectl get ingress -A -o yaml\`.`,
    );
  }
  surroundings.output.write(json ? `${JSON.stringify(converted, null, 2)}\n` : asText(converted));
}
