import { oneOf } from "../../modules/schema/suggest";
import { routeKinds } from "../../platform/doors";
import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "../support/minimal";

/** The day the tests live in. */
export const today = "2026-11-21";

/** Who signs in to the small environment. */
export const operators = {
  principalArn: "arn:aws:iam::123456789012:role/operators",
  policies: [{ policy: "cluster-admin" }],
} as const;

/** Access to a cluster that is written out again. */
export const access = { operators };

/** Every kind of route, as a message lists them. */
export const everyRouteKind = oneOf(routeKinds.map((kind) => JSON.stringify(kind)));

/** Where that cluster is called from. */
export const endpoint = { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] } as const;

/** A small environment that breaks no rule and is worth no warning. */
export const dev: EnvironmentInput = minimal("dev");

/** It with other options beside its own; on purpose of no type, since the options may be wrong. */
export function environment(options: object): object {
  return { ...dev, ...options };
}

/** It with other options of its cluster. */
export function cluster(options: object, rest: object = {}): object {
  return environment({ cluster: { ...dev.cluster, ...options }, ...rest });
}

const image = { repository: "shop", tag: "1.0.0" };

/** It with one workload, `shop`, and the repository of its image. */
export function workload(options: object, rest: object = {}): object {
  return workloads({ shop: options }, rest);
}

/** It with workloads by name, whose image, where they name none, is that of `shop`. */
export function workloads(byName: Readonly<Record<string, object>>, rest: object = {}): object {
  return environment({
    registry: { repositories: { shop: {} } },
    workloads: Object.fromEntries(
      Object.entries(byName).map(([name, options]) => [name, { image, port: 8080, ...options }]),
    ),
    ...rest,
  });
}

/** It in a VPC that another team owns. */
export function existingNetwork(publicSubnetIds: readonly string[]): { readonly network: object } {
  return {
    network: {
      kind: "existing",
      vpcId: "vpc-0123456789abcdef0",
      cidr: "10.0.0.0/16",
      publicSubnetIds,
      privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
    },
  };
}

/** A part of an error's message: path, value, rule and remedy, as they are printed. */
export type Reported = readonly [where: string, is: string, why: string, remedy: string];

/** An environment that is refused, and everything that is reported of it. */
export interface WrongEnvironment {
  readonly rule: string;
  readonly environment: unknown;
  readonly reported: readonly Reported[];
}

export function message(file: string, reported: readonly Reported[]): string {
  return reported
    .map(([where, is, why, remedy]) => `${file}: ${where}\n  is:   ${is}\n  why:  ${why}\n  do:   ${remedy}`)
    .join("\n\n");
}
