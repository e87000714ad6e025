import type { DeploymentV1SpecTemplateSpecContainerEnv as EnvironmentVariable } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Workload } from "./schema";

type Value = Workload["environment"][string];

function variable(name: string, value: Value): EnvironmentVariable {
  if (typeof value === "string") return { name, value };
  if ("secret" in value) return { name, valueFrom: { secretKeyRef: { name: value.secret, key: value.key } } };
  return { name, valueFrom: { configMapKeyRef: { name: value.configMap, key: value.key } } };
}

/** Variables of the container, in the order of the environment file, for one may refer to those before it. */
export function environmentVariables(workload: Workload, region: string): EnvironmentVariable[] {
  const declared = Object.entries(workload.environment).map(([name, value]) => variable(name, value));
  // AWS's SDKs need a region, and neither Fargate nor a node with one metadata hop can be asked for it.
  const needsRegion = workload.aws.kind !== "none" && workload.environment["AWS_REGION"] === undefined;
  return needsRegion ? [{ name: "AWS_REGION", value: region }, ...declared] : declared;
}
