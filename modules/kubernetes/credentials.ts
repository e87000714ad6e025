import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, type TerraformStack, Token } from "cdktf";
import { assertNever } from "../schema/assert-never";

export interface ClusterCredentials {
  /** `exec` runs `aws eks get-token` whenever a token is needed; `token` reads one at plan and one at apply. */
  readonly kind: "exec" | "token";
  readonly clusterName: string;
  readonly region: string;
  readonly endpoint: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
  /** Role to assume for the token, where Terraform itself assumes one. Default: the caller's own credentials. */
  readonly roleArn?: string | undefined;
}

/** Signs the kubernetes and helm providers in to the cluster; what they sign in with reaches neither a plan nor a state. */
export function declareKubernetesProviders(stack: TerraformStack, credentials: ClusterCredentials): void {
  const connection = {
    host: credentials.endpoint,
    clusterCaCertificate: Fn.base64decode(credentials.certificateAuthority),
  };
  const signIn = signInOf(stack, credentials);
  new KubernetesProvider(stack, "kubernetes", {
    ...connection,
    ...(signIn.kind === "token" ? { token: signIn.token } : { exec: [signIn.exec] }),
  });
  new HelmProvider(stack, "helm", {
    kubernetes: {
      ...connection,
      ...(signIn.kind === "token" ? { token: signIn.token } : { exec: signIn.exec }),
    },
  });
}

interface ExecCredential {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: string[];
}

type SignIn =
  | { readonly kind: "exec"; readonly exec: ExecCredential }
  | { readonly kind: "token"; readonly token: string };

function signInOf(stack: TerraformStack, credentials: ClusterCredentials): SignIn {
  switch (credentials.kind) {
    case "token":
      return { kind: "token", token: ephemeralToken(stack, credentials.clusterName) };
    case "exec":
      return {
        kind: "exec",
        exec: {
          apiVersion: "client.authentication.k8s.io/v1beta1",
          command: "aws",
          args: [
            "eks",
            "get-token",
            "--cluster-name",
            credentials.clusterName,
            "--region",
            credentials.region,
            "--output",
            "json",
            ...(credentials.roleArn === undefined ? [] : ["--role-arn", credentials.roleArn]),
          ],
        },
      };
    default:
      return assertNever("kind of credentials", credentials.kind);
  }
}

/**
 * A token of an ephemeral resource: asked for at plan and again at apply, so that none waits for a confirmation until it
 * has expired. cdktf has no class for ephemeral resources. Source: AWS provider, ephemeral `aws_eks_cluster_auth`.
 */
function ephemeralToken(stack: TerraformStack, clusterName: string): string {
  stack.addOverride("ephemeral.aws_eks_cluster_auth.cluster", { name: clusterName });
  return Token.asString("${ephemeral.aws_eks_cluster_auth.cluster.token}");
}
