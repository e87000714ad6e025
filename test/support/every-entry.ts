import seeds from "../../examples/seeds";
import { components } from "../../modules/lifecycle/components";
import { meshSchema } from "../../modules/mesh/schema";
import { exampleOf } from "../../modules/schema/examples";
import { branchesOf } from "../../modules/schema/schema-keys";
import { controllerNames, controllerTable } from "../../platform/controllers";
import { routeKinds } from "../../platform/doors";
import { type EnvironmentInput, environmentSchema } from "../../platform/environment";
import { controllerComponents } from "../../platform/install-controllers";
import { doorTable } from "../../platform/route";
import { merged } from "./merged";
import { minimal } from "./minimal";

type Schema = Parameters<typeof exampleOf>[0];

/** What one may write for a schema: one value for each branch of a union, since an environment has room for one. */
function alternatives(schema: Schema): readonly unknown[] {
  const branches = branchesOf(schema, undefined);
  return branches.length > 1 ? branches.map(exampleOf) : [exampleOf(schema)];
}

const choices = controllerNames
  .filter((name) => controllerTable[name].broughtBy === undefined)
  .map((name) => ({ name, options: alternatives(controllerTable[name].schema) }));

/** The mesh of the seeds, of each kind there is, and its workloads. */
const meshes = branchesOf(meshSchema, undefined).map((branch) => {
  const { kind } = exampleOf(branch) as Pick<NonNullable<EnvironmentInput["mesh"]>, "kind">;
  const members = Object.entries(seeds.workloads ?? {}).filter(
    ([, { namespace }]) => namespace === seeds.mesh?.namespace,
  );
  return { mesh: { ...seeds.mesh, kind }, workloads: Object.fromEntries(members) };
});

/** A workload for each door, with the routes that the door shows of itself. */
const doors = routeKinds.map((kind) => {
  const { routes, environment = {} } = doorTable[kind].example;
  const workload = { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, routes };
  return merged([environment, { workloads: { [`behind-${kind}`]: workload } }]);
});

/** Whatever of an environment has ended, acknowledged. */
function acknowledging(environment: EnvironmentInput): EnvironmentInput {
  const { controllers } = environmentSchema.parse(environment);
  const ended = controllerNames
    .flatMap((name) => controllerComponents(name, controllers))
    .flatMap((name) => {
      const { support } = components[name];
      return support.kind === "ended" ? [[name, support.since]] : [];
    });
  return { ...environment, acknowledgeEndOfLife: Object.fromEntries(ended) };
}

/** At an index past the end, the last. */
const nth = <T>(list: readonly T[], index: number): T | undefined => list[Math.min(index, list.length - 1)];

/**
 * Environments with every controller and every door, as many as it takes: where one excludes another, as the one nginx
 * the other, each has its turn. They follow from the lists of the platform, so a new entry is in them by itself.
 */
export function everyEntry(): Readonly<Record<string, EnvironmentInput>> {
  const count = Math.max(meshes.length, ...choices.map(({ options }) => options.length));
  const environments = Array.from({ length: count }, (_, index) => {
    const name = `every-entry-${index + 1}`;
    const controllers = Object.fromEntries(choices.map(({ name: key, options }) => [key, nth(options, index)]));
    const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
    const parts = merged([{ ...minimal(name) }, zones, { controllers }, ...doors, nth(meshes, index) ?? {}]);
    return [name, acknowledging({ ...minimal(name), ...parts })] as const;
  });
  return Object.fromEntries(environments);
}
