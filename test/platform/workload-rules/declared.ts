import type { z } from "zod";
import { awsSchema } from "../../../modules/aws/schema";
import { albGroupsAgree } from "../../../modules/routes/alb/rules";
import type { Problem } from "../../../modules/schema/problem";
import { workloadRules } from "../../../modules/workloads/rules/rules";
import { namespacesSchema, routedWorkloadSchema } from "../../../modules/workloads/schema";
import { controllersSchema } from "../../../platform/controllers";
import { routeSchema } from "../../../platform/doors";
import type { Environment } from "../../../platform/environment";
import { namespacesOfOurOwn } from "../../../platform/rules/namespaces";
import { routesFitTheirDoors } from "../../../platform/rules/routes";
import { objectNamesUnique } from "../../../platform/rules/workload-names";

const workloadSchema = routedWorkloadSchema(routeSchema);

export type WorkloadInput = z.input<typeof workloadSchema>;

type Declared = Pick<
  Environment,
  "apis" | "aws" | "controllers" | "manifests" | "namespaces" | "releases" | "workloads"
>;

/** An environment as far as the rules of workloads read it. */
export function declared(
  workloads: Readonly<Record<string, Partial<WorkloadInput>>>,
  rest: {
    readonly namespaces?: Parameters<typeof namespacesSchema.parse>[0];
    readonly controllers?: Parameters<typeof controllersSchema.parse>[0];
  } = {},
): Declared {
  return {
    apis: {},
    aws: awsSchema.parse({ region: "us-west-2", accountId: "123456789012" }),
    controllers: controllersSchema.parse(rest.controllers ?? {}),
    manifests: {},
    releases: {},
    namespaces: namespacesSchema.parse(rest.namespaces ?? {}),
    workloads: Object.fromEntries(
      Object.entries(workloads).map(([name, input]) => [
        name,
        workloadSchema.parse({ image: { name: "nginx", tag: "1.29.3" }, port: 8080, ...input }),
      ]),
    ),
  };
}

/** What the rules of workloads, their namespaces and their routes find. */
export function workloadProblems(environment: Declared): readonly Problem[] {
  const context = { name: "dev" };
  return [
    ...workloadRules.flatMap((rule) => rule(environment, context)),
    ...objectNamesUnique(environment),
    ...namespacesOfOurOwn(environment),
    ...routesFitTheirDoors(environment),
    ...albGroupsAgree(environment, context),
  ];
}
