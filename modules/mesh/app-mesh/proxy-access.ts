import type { z } from "zod";
import type { awsSchema } from "../../aws/schema";
import type { IdentityRequest } from "../../controllers/controller";
import { policyDocument } from "../../identity/policy";
import { iamStatements } from "../../identity/statements";
import type { Mesh } from "../schema";

type Aws = Pick<z.output<typeof awsSchema>, "partition" | "region" | "accountId">;

/** ARN of something of a mesh, or of the mesh itself. */
export function meshArn(mesh: Pick<Mesh, "name">, aws: Aws, part = ""): string {
  return `arn:${aws.partition}:appmesh:${aws.region}:${aws.accountId}:mesh/${mesh.name}${part}`;
}

/**
 * What an Envoy needs to get its configuration, as a statement of the environment's own.
 * Source: App Mesh user guide, "Envoy Proxy authorization".
 */
export function proxyStatement(mesh: Mesh, aws: Aws) {
  return {
    actions: ["appmesh:StreamAggregatedResources"],
    resources: [meshArn(mesh, aws, "/virtualNode/*"), meshArn(mesh, aws, "/virtualGateway/*")],
    conditions: {},
  };
}

/** Role of the service account that Envoys share; undefined where the mesh has no Envoys. */
export function proxyIdentity(mesh: Mesh | undefined, aws: Aws): IdentityRequest | undefined {
  if (mesh?.kind !== "app-mesh") return undefined;
  return {
    namespace: mesh.namespace,
    serviceAccount: mesh.proxyServiceAccount,
    roleName: mesh.proxyServiceAccount,
    policyName: mesh.proxyServiceAccount,
    policy: policyDocument(...iamStatements([proxyStatement(mesh, aws)])),
  };
}
