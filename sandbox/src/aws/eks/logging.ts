import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import { sdkOptions } from "../sdk";
import type { Eks } from "./eks";
import type { Cluster } from "./records";

type ClusterLogging = Cluster["logging"]["clusterLogging"];

const logTypes: readonly string[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export const noLogging: ClusterLogging = [{ types: [...logTypes], enabled: false }];

/** The logging of a cluster after a change that names some types and leaves the others as they are. */
export function mergeLogging(before: ClusterLogging, change: ClusterLogging): ClusterLogging {
  const enabled = logTypes.filter((type) => {
    const setting =
      change.find(({ types }) => types.includes(type)) ?? before.find(({ types }) => types.includes(type));
    return setting?.enabled ?? false;
  });
  const disabled = logTypes.filter((type) => !enabled.includes(type));
  return [
    { types: enabled, enabled: true },
    { types: disabled, enabled: false },
  ].filter(({ types }) => types.length > 0);
}

/** The log group that EKS writes a cluster's logs to. */
export function logGroupOf(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}

/** EKS makes the log group of a cluster that logs, unless the owner made it before. Nobody but the owner deletes it. */
export async function createLogGroup(eks: Eks, clusterName: string, logging: ClusterLogging): Promise<void> {
  if (!logging.some(({ enabled }) => enabled)) {
    return;
  }
  const logs = new CloudWatchLogsClient(sdkOptions(eks.moto.endpoint, eks.region));
  const command = new CreateLogGroupCommand({ logGroupName: logGroupOf(clusterName) });
  await logs.send(command).catch((error: unknown) => {
    if (!(error instanceof ResourceAlreadyExistsException)) {
      throw error;
    }
  });
}
