import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { IsoDate } from "../../modules/schema/iso-date";
import type { Environment } from "../../platform/environment";
import type { SynthesizedStack } from "../terraform/stacks";
import type { Subject } from "./check";
import { olderThan } from "./versions";

const stackSchema = z.looseObject({
  terraform: z.looseObject({ required_version: z.string().default(">= 1.10.0") }),
  resource: z
    .looseObject({
      helm_release: z
        .record(z.string(), z.looseObject({ chart: z.string(), repository: z.string().optional() }))
        .default({}),
    })
    .prefault({}),
});

/** What preflight has to know of an environment and of what was synthesized of it. */
export function subjectOf(environment: Environment, stacks: readonly SynthesizedStack[], today: IsoDate): Subject {
  const addresses = stacks.flatMap((stack) => [...stack.addresses]);
  const parsed = stacks.map(({ folder }) =>
    stackSchema.parse(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"))),
  );
  const floors = parsed.map(({ terraform }) => terraform.required_version.replace(/^>= */, ""));
  return {
    environment,
    count: (type) => addresses.filter((address) => address.startsWith(`${type}.`)).length,
    // A chart without a repository lies beside the stack.
    charts: parsed.flatMap(({ resource }) =>
      Object.values(resource.helm_release).flatMap(({ chart, repository }) =>
        repository === undefined ? [] : [{ name: chart, repository }],
      ),
    ),
    terraformFloor: floors.reduce((highest, floor) => (olderThan(highest, floor) ? floor : highest), "1.10.0"),
    stacks: stacks.map(({ id }) => id),
    today,
  };
}
