import { actions, allow, type PolicyDocument, policyDocument } from "../../identity/policy";
import type { IdentityContext } from "../controller";

/** Kinds of things in a mesh. */
const parts = ["VirtualNode", "VirtualRouter", "VirtualService", "VirtualGateway", "Route", "GatewayRoute"] as const;

/**
 * Policy of the App Mesh controller 1.13.3: the actions of config/iam/controller-iam-policy.json of
 * aws/aws-app-mesh-controller-for-k8s, which has `*` as every resource; here each action is held to what it can be held
 * to. `*` is left to ListMeshes, to the lists of ACM, ACM PCA and Cloud Map and to CreateHealthCheck, which know no
 * narrower resource.
 * Source of the resources: Service Authorization Reference.
 */
export function appMeshControllerPolicy(
  mesh: string,
  context: Pick<IdentityContext, "partition" | "region" | "accountId">,
): PolicyDocument {
  const { partition, region, accountId } = context;
  const regional = (service: string, path: string) => `arn:${partition}:${service}:${region}:${accountId}:${path}`;
  const meshArn = regional("appmesh", `mesh/${mesh}`);
  return policyDocument(
    allow(["appmesh:ListMeshes"], "*"),
    allow(actions("appmesh", "CreateMesh", "DescribeMesh", "UpdateMesh", "DeleteMesh"), meshArn),
    allow(
      actions(
        "appmesh",
        ...parts.flatMap((part) => [
          `List${part}s`,
          `Describe${part}`,
          `Create${part}`,
          `Update${part}`,
          `Delete${part}`,
        ]),
      ),
      [meshArn, `${meshArn}/*`],
    ),
    allow(
      ["iam:CreateServiceLinkedRole"],
      `arn:${partition}:iam::${accountId}:role/aws-service-role/appmesh.amazonaws.com/AWSServiceRoleForAppMesh`,
      { StringEquals: { "iam:AWSServiceName": "appmesh.amazonaws.com" } },
    ),
    allow(["acm:DescribeCertificate"], regional("acm", "certificate/*")),
    allow(["acm-pca:DescribeCertificateAuthority"], regional("acm-pca", "certificate-authority/*")),
    allow(["acm:ListCertificates", "acm-pca:ListCertificateAuthorities"], "*"),
    allow(actions("servicediscovery", "CreateService", "GetOperation"), [
      regional("servicediscovery", "namespace/*"),
      regional("servicediscovery", "service/*"),
    ]),
    allow(
      actions(
        "servicediscovery",
        "DeleteService",
        "GetService",
        "GetInstance",
        "RegisterInstance",
        "DeregisterInstance",
        "ListInstances",
        "GetInstancesHealthStatus",
        "UpdateInstanceCustomHealthStatus",
      ),
      regional("servicediscovery", "service/*"),
    ),
    allow(actions("servicediscovery", "ListNamespaces", "ListServices"), "*"),
    allow(
      actions("route53", "GetHealthCheck", "UpdateHealthCheck", "DeleteHealthCheck"),
      `arn:${partition}:route53:::healthcheck/*`,
    ),
    allow(["route53:CreateHealthCheck"], "*"),
    allow(["route53:ChangeResourceRecordSets"], `arn:${partition}:route53:::hostedzone/*`),
  );
}
