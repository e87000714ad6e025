import { describe, expect, it } from "vitest";
import { type ClusterCredentials, declareKubernetesProviders } from "../../../modules/kubernetes/credentials";
import { at } from "../../support/json";
import { synthModule } from "../../support/synth";

function signedIn(changes: Partial<ClusterCredentials>) {
  return synthModule((stack) =>
    declareKubernetesProviders(stack, {
      kind: "exec",
      clusterName: "shop",
      region: "eu-west-1",
      endpoint: "https://example.com",
      certificateAuthority: "Y2VydGlmaWNhdGU=",
      ...changes,
    }),
  );
}

/** How each of the two providers signs in. */
function providers(changes: Partial<ClusterCredentials> = {}) {
  const { provider } = signedIn(changes);
  return { kubernetes: Object(at(provider, "kubernetes", 0)), helm: Object(at(provider, "helm", 0, "kubernetes")) };
}

const args = ["eks", "get-token", "--cluster-name", "shop", "--region", "eu-west-1", "--output", "json"];

describe("the kubernetes and helm providers", () => {
  it("know the cluster by its address and its certificate, as PEM", () => {
    const connection = { host: "https://example.com", cluster_ca_certificate: '${base64decode("Y2VydGlmaWNhdGU=")}' };
    expect(providers().kubernetes).toMatchObject(connection);
    expect(providers().helm).toMatchObject(connection);
  });

  it("run the AWS CLI for a token, in the one version of the interface that it speaks", () => {
    const exec = { api_version: "client.authentication.k8s.io/v1beta1", command: "aws", args };
    expect(providers().kubernetes.exec).toEqual([exec]);
    expect(providers().helm.exec).toEqual(exec);
  });

  it("assume the role that Terraform assumes", () => {
    const roleArn = "arn:aws:iam::123456789012:role/terraform";
    const { kubernetes, helm } = providers({ roleArn });
    expect(kubernetes.exec[0].args).toEqual([...args, "--role-arn", roleArn]);
    expect(helm.exec.args).toEqual([...args, "--role-arn", roleArn]);
  });

  it("take a token that no plan and no state keeps where there is no AWS CLI", () => {
    const token = "${ephemeral.aws_eks_cluster_auth.cluster.token}";
    const { kubernetes, helm } = providers({ kind: "token" });
    expect([kubernetes.token, helm.token]).toEqual([token, token]);
    expect([kubernetes.exec, helm.exec]).toEqual([undefined, undefined]);
    expect(signedIn({ kind: "token" }).ephemeral).toEqual({ aws_eks_cluster_auth: { cluster: { name: "shop" } } });
    expect(signedIn({ kind: "token" }).data).toEqual({});
    expect(signedIn({ kind: "token" }).output).toEqual({});
  });
});
