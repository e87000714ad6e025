import { roleGuardSuffix } from "../../modules/controllers/emissary/role-guard";
import { releaseRoleName } from "../../modules/releases/role-name";
import { releaseNameLimit } from "../../modules/schema/limited-name";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { workloadServiceName } from "../../modules/workloads/service";
import { serviceAccountOf } from "../../modules/workloads/service-account";
import type { Environment } from "../environment";
import { routesWithFacts } from "../route";
import type { RuleContext } from "./rule";

export function nameOfTheFile({ name }: Environment, context: RuleContext): readonly Problem[] {
  if (name === context.name) return [];
  return [
    {
      path: "name",
      value: name,
      rule: `the file is called ${context.name}.ts, and ENVIRONMENTS and the folders of the stacks go by one name`,
      remedy: `write \`name: ${formatValue(context.name)}\`, or rename the file to ${name}.ts`,
    },
  ];
}

/** Source: IAM user guide, "IAM and AWS STS quotas". */
const roleNameLimit = 64;

export function workloadRoleNames(environment: Environment): readonly Problem[] {
  return Object.entries(environment.workloads).flatMap(([name, workload]) => {
    if (workload.aws.kind !== "role" || serviceAccountOf(name, workload) === undefined) return [];
    const path = formatPath(["workloads", name]);
    const roleName = `${environment.name}-${name}`;
    if (roleName.length <= roleNameLimit) return [];
    return [
      {
        path,
        value: name,
        rule: `its role would be called ${roleName}, which is ${roleName.length} characters; IAM allows ${roleNameLimit}`,
        remedy: `rename the workload to ${roleNameLimit - environment.name.length - 1} characters or less; \`names\` keeps its objects as they are called`,
      },
    ];
  });
}

export function releaseRoleNames({ name: environment, releases }: Environment): readonly Problem[] {
  return Object.entries(releases).flatMap(([name, { credentials }]) => {
    const roleName = releaseRoleName(environment, name);
    if (credentials === undefined || roleName.length <= roleNameLimit) return [];
    return [
      {
        path: formatPath(["releases", name]),
        value: name,
        rule: `its role would be called ${roleName}, which is ${roleName.length} characters; IAM allows ${roleNameLimit}`,
        remedy: "give the release a shorter name",
      },
    ];
  });
}

/** Of the releases that Emissary comes in, its guard's has the longest name. */
export function releaseNames({ controllers }: Environment): readonly Problem[] {
  const releaseName = controllers.emissary?.releaseName ?? "";
  if (releaseName.length + roleGuardSuffix.length <= releaseNameLimit) return [];
  return [
    {
      path: "controllers.emissary.releaseName",
      value: releaseName,
      rule: `the release of its role guard would be called ${releaseName}${roleGuardSuffix}; Helm allows ${releaseNameLimit} characters`,
      remedy: `write ${releaseNameLimit - roleGuardSuffix.length} characters or less`,
    },
  ];
}

/** Emissary's chart makes two Services beside those of workloads, in a namespace that they may share with it. */
export function emissaryServicesUnique({ controllers, workloads }: Environment): readonly Problem[] {
  const { emissary } = controllers;
  if (emissary === undefined) return [];
  const taken = [emissary.releaseName, `${emissary.releaseName}-admin`];
  return Object.entries(workloads)
    .filter(([, { namespace }]) => namespace === emissary.namespace)
    .flatMap(([name, workload]) => [
      { path: ["workloads", name, "names", "service"], service: workloadServiceName({ name, workload }) },
      ...routesWithFacts({ workloads: { [name]: workload } }).flatMap(({ path, facts: { object } }) =>
        object?.kind === "Service" ? [{ path: [...path, "name"], service: object.name }] : [],
      ),
    ])
    .filter(({ service }) => taken.includes(service))
    .map(({ path, service }) => ({
      path: formatPath(path),
      value: service,
      rule: "`controllers.emissary` makes a Service of this name in the same namespace",
      remedy: "give it another name, or Emissary another `releaseName` or `namespace`",
    }));
}

/** Values are escaped for Terraform; keys are not, for ids and look-ups go by them. */
export function keysHoldNoTemplates(environment: Environment): readonly Problem[] {
  return keysOf(environment, []).map((path) => ({
    path: formatPath(path),
    value: String(path.at(-1)),
    rule: "`${` and `%{` open templates of Terraform, and a key is not escaped as values are",
    remedy: "write a key without them",
  }));
}

function keysOf(value: unknown, path: readonly PropertyKey[]): readonly (readonly PropertyKey[])[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => keysOf(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    ...(/[$%]\{/.test(key) ? [[...path, key]] : []),
    ...keysOf(field, [...path, key]),
  ]);
}
