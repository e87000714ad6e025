import { AuthorizationV1Api, KubeConfig } from "@kubernetes/client-node";
import type { Environment } from "../../../platform/environment";
import type { Admission, Cluster } from "../facts";

/** Asks the API server itself, signed in as Terraform signs in, whether the caller may do everything. */
export async function admission(
  { aws, cluster: { name } }: Pick<Environment, "aws" | "cluster">,
  { endpoint, certificateAuthority }: Cluster,
): Promise<Admission> {
  const role = aws.assumeRole?.roleArn;
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name, server: endpoint, caData: certificateAuthority }],
    users: [
      {
        name,
        exec: {
          apiVersion: "client.authentication.k8s.io/v1beta1",
          command: "aws",
          args: [
            ...["eks", "get-token", "--cluster-name", name, "--region", aws.region, "--output", "json"],
            ...(role === undefined ? [] : ["--role-arn", role]),
          ],
        },
      },
    ],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  try {
    const { status } = await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({
      body: { spec: { resourceAttributes: { verb: "*", group: "*", resource: "*" } } },
    });
    return status?.allowed === true
      ? { kind: "administrator" }
      : {
          kind: "refused",
          because: status?.reason === undefined || status.reason === "" ? "it may not do everything" : status.reason,
        };
  } catch (error) {
    const { code, message } = Object(error);
    return { kind: "refused", because: code === 401 ? "Unauthorized" : (String(message).split("\n")[0] ?? "") };
  }
}
