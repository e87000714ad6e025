import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import type { EnvironmentInput } from "../../../platform/environment";
import { AppsStack } from "../../../stacks/apps";
import { checked } from "../../support/environments";
import { minimal } from "../../support/minimal";
import { parseStack, type TerraformJson } from "../../support/synth";

type ApiInput = NonNullable<EnvironmentInput["apis"]>[string];
type WorkloadInput = NonNullable<EnvironmentInput["workloads"]>[string];
type RouteInput = Extract<NonNullable<WorkloadInput["routes"]>[number], { readonly kind: "api-gateway" }>;

/** A workload on port 8080, with a Service on port 80, and its routes through the API `store`. */
export function workload(routes: readonly Partial<RouteInput>[], rest: Partial<WorkloadInput> = {}): WorkloadInput {
  return {
    image: { name: "example/shop", tag: "1.0.0" },
    port: 8080,
    servicePort: 80,
    routes: routes.map((route) => ({ kind: "api-gateway", api: "store", path: "/shop", ...route })),
    ...rest,
  };
}

/** An environment with the API `store` and one workload, `shop`. */
export function withApi(
  api: ApiInput,
  routes: readonly Partial<RouteInput>[] = [{}],
  rest: Partial<EnvironmentInput> = {},
): EnvironmentInput {
  return { ...minimal("dev"), apis: { store: api }, workloads: { shop: workload(routes) }, ...rest };
}

/** What the apps stack holds, its local values among it. */
export interface AppsJson extends TerraformJson {
  readonly locals?: Readonly<Record<string, unknown>>;
}

const outdir = mkdtempSync(join(tmpdir(), "synth-"));

/** The apps stack of an environment, and of no other stack anything. */
export function appsStack(environment: EnvironmentInput): AppsJson {
  const app = Testing.stubVersion(new App({ stackTraces: false, outdir }));
  return parseStack(Testing.synth(new AppsStack(app, checked(environment)), false));
}

/** The apps stack of an environment with the API `store`. */
export function appsOf(...environment: Parameters<typeof withApi>): AppsJson {
  return appsStack(withApi(...environment));
}
