import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Ec2 } from "../ec2/client";
import { admitNodes, dismissNodes } from "./access-entries";
import { findSubnets } from "./cluster-network";
import { arn, clusterNamed, type Eks, now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { page } from "./page";
import { type FargateProfile, fargateProfile } from "./records";
import { checkTrusts } from "./roles";
import { ofCluster, within } from "./state";

const createRequest = z.looseObject({
  fargateProfileName: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/),
  podExecutionRoleArn: z.string(),
  subnets: z.array(z.string()).min(1),
  selectors: fargateProfile.shape.selectors.min(1).max(5),
  tags: fargateProfile.shape.tags.default({}),
  clientRequestToken: z.string().optional(),
});

export const createFargateProfile: Operation = async (eks, { path, document }) => {
  const clusterName = clusterNamed(eks, path("cluster")).name;
  const { clientRequestToken: _, ...input } = parse(createRequest, document);
  const key = within(clusterName, input.fargateProfileName);
  if (eks.state.fargateProfiles.has(key)) {
    throw new EksError("ResourceInUseException", "A Fargate Profile already exists with this name in this cluster.");
  }
  await checkTrusts(eks, input.podExecutionRoleArn, "eks-fargate-pods.amazonaws.com");
  await checkPrivate(eks, input.subnets);
  const created: FargateProfile = {
    ...input,
    clusterName,
    fargateProfileArn: arn(eks, `fargateprofile/${clusterName}/${input.fargateProfileName}/${randomUUID()}`),
    createdAt: now(),
    status: "ACTIVE",
    health: { issues: [] },
  };
  eks.state.fargateProfiles.set(key, created);
  admitNodes(eks, clusterName, created.podExecutionRoleArn, "FARGATE_LINUX");
  return { fargateProfile: { ...created, status: "CREATING" } };
};

export const describeFargateProfile: Operation = (eks, { path }) => ({
  fargateProfile: profileOf(eks, path("cluster"), path("profile")),
});

export const listFargateProfiles: Operation = (eks, { path, query }) => {
  const profiles = ofCluster(eks.state.fargateProfiles, clusterNamed(eks, path("cluster")).name);
  return page(
    "fargateProfileNames",
    profiles.map(({ fargateProfileName }) => fargateProfileName),
    query,
  );
};

export const deleteFargateProfile: Operation = (eks, { path }) => {
  const existing = profileOf(eks, path("cluster"), path("profile"));
  eks.state.fargateProfiles.delete(within(existing.clusterName, existing.fargateProfileName));
  dismissNodes(eks, existing.clusterName, existing.podExecutionRoleArn);
  return { fargateProfile: { ...existing, status: "DELETING" } };
};

function profileOf(eks: Eks, clusterName: string, name: string): FargateProfile {
  return found(
    eks.state.fargateProfiles.get(within(clusterNamed(eks, clusterName).name, name)),
    `No Fargate Profile found with name: ${name}.`,
  );
}

async function checkPrivate(eks: Eks, subnetIds: readonly string[]): Promise<void> {
  const ec2 = new Ec2(eks.moto, eks.region);
  for (const subnet of await findSubnets(eks, subnetIds)) {
    if ((await ec2.routeTargets(subnet)).some((target) => target.startsWith("igw-"))) {
      throw new EksError(
        "InvalidParameterException",
        `Subnet ${subnet.subnetId} provided in Fargate Profile is not a private subnet`,
      );
    }
  }
}
