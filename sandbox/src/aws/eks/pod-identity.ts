import { z } from "zod";
import { arn, clusterNamed, type Eks, now, type Operation } from "./eks";
import { EksError, found, parse } from "./errors";
import { page } from "./page";
import { type PodIdentityAssociation, podIdentityAssociation } from "./records";
import { checkTrusts } from "./roles";
import { ofCluster, within } from "./state";

const createRequest = z.looseObject({
  namespace: z.string(),
  serviceAccount: z.string(),
  roleArn: z.string(),
  tags: podIdentityAssociation.shape.tags.default({}),
  clientRequestToken: z.string().optional(),
});

export const createPodIdentityAssociation: Operation = async (eks, { path, document }) => {
  const clusterName = clusterNamed(eks, path("cluster")).name;
  const { clientRequestToken: _, ...input } = parse(createRequest, document);
  await checkPodIdentityRole(eks, input.roleArn);
  const created = newAssociation(eks, clusterName, input);
  eks.state.podIdentityAssociations.set(within(clusterName, created.associationId), created);
  return { association: created };
};

export const describePodIdentityAssociation: Operation = (eks, { path }) => ({
  association: associationOf(eks, path("cluster"), path("association")),
});

export const listPodIdentityAssociations: Operation = (eks, { path, query }) => {
  const matches = (name: "namespace" | "serviceAccount", association: PodIdentityAssociation): boolean =>
    [null, association[name]].includes(query.get(name));
  const associations = ofCluster(eks.state.podIdentityAssociations, clusterNamed(eks, path("cluster")).name)
    .filter((association) => matches("namespace", association) && matches("serviceAccount", association))
    .map(({ clusterName, namespace, serviceAccount, associationArn, associationId, ownerArn }) => {
      return { clusterName, namespace, serviceAccount, associationArn, associationId, ownerArn };
    });
  return page("associations", associations, query);
};

const updateRequest = z.looseObject({ roleArn: z.string().optional(), clientRequestToken: z.string().optional() });

export const updatePodIdentityAssociation: Operation = async (eks, { path, document }) => {
  const before = associationOf(eks, path("cluster"), path("association"));
  const { clientRequestToken: _, ...input } = parse(updateRequest, document);
  if (input.roleArn !== undefined) {
    await checkPodIdentityRole(eks, input.roleArn);
  }
  const after = { ...before, ...input, modifiedAt: now() };
  eks.state.podIdentityAssociations.set(within(after.clusterName, after.associationId), after);
  return { association: after };
};

export const deletePodIdentityAssociation: Operation = (eks, { path }) => {
  const existing = associationOf(eks, path("cluster"), path("association"));
  if (existing.ownerArn !== undefined) {
    throw new EksError("InvalidRequestException", `The association belongs to the add-on ${existing.ownerArn}`);
  }
  eks.state.podIdentityAssociations.delete(within(existing.clusterName, existing.associationId));
  return { association: existing };
};

/** The agent assumes the role and tags the session with cluster, namespace and service account. */
export async function checkPodIdentityRole(eks: Eks, roleArn: string): Promise<void> {
  await checkTrusts(eks, roleArn, "pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]);
}

/**
 * A new association; it is not kept yet.
 *
 * @throws EksError ResourceInUseException when the service account has one
 */
export function newAssociation(
  eks: Eks,
  clusterName: string,
  input: Pick<PodIdentityAssociation, "namespace" | "serviceAccount" | "roleArn"> & Partial<PodIdentityAssociation>,
): PodIdentityAssociation {
  const taken = ofCluster(eks.state.podIdentityAssociations, clusterName).some(
    ({ namespace, serviceAccount }) => namespace === input.namespace && serviceAccount === input.serviceAccount,
  );
  if (taken) {
    throw new EksError(
      "ResourceInUseException",
      `Association already exists for namespace ${input.namespace} and service account ${input.serviceAccount}`,
    );
  }
  const associationId = `a-${Math.random().toString(36).slice(2).padEnd(17, "0").slice(0, 17)}`;
  return {
    tags: {},
    ...input,
    clusterName,
    associationId,
    associationArn: arn(eks, `podidentityassociation/${clusterName}/${associationId}`),
    createdAt: now(),
    modifiedAt: now(),
  };
}

/** The associations that an add-on brought with it. */
export function associationsOwnedBy(eks: Eks, clusterName: string, owner: string): readonly PodIdentityAssociation[] {
  return ofCluster(eks.state.podIdentityAssociations, clusterName).filter(({ ownerArn }) => ownerArn === owner);
}

function associationOf(eks: Eks, clusterName: string, id: string): PodIdentityAssociation {
  return found(
    eks.state.podIdentityAssociations.get(within(clusterNamed(eks, clusterName).name, id)),
    `No pod identity association found with ID: ${id}`,
  );
}
