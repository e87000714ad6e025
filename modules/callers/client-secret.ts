import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CustomResource } from "../../.gen/custom-resource";
import { CustomResources } from "../kubernetes/custom-resources";
import { limitedName, releaseNameLimit } from "../schema/limited-name";
import type { Callers } from "./schema";

/** A kind of External Secrets Operator, of which the fields that we set. Source: its API, `external-secrets.io/v1`. */
interface SecretStore extends CustomResource {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "SecretStore";
  readonly spec: {
    readonly provider: { readonly aws: { readonly service: "SecretsManager"; readonly region: string } };
  };
}

interface ExternalSecret extends CustomResource {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: "SecretStore"; readonly name: string };
    readonly target: { readonly name: string };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string };
    }[];
  };
}

export interface ClientSecretProps {
  /** Name of the object that carries the route. */
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  readonly callers: Callers;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Has External Secrets make the Secret of an OpenID Connect client: Terraform sees its name alone. */
export class ClientSecret extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ClientSecretProps) {
    super(scope, id);
    const { callers, namespace, region } = props;
    if (callers.kind !== "oidc" || callers.client === undefined) {
      this.ready = [];
      return;
    }
    const { client, secretName } = callers;
    const name = `${props.name}-sign-in`;
    const metadata = { name, namespace };
    const store: SecretStore = {
      apiVersion: "external-secrets.io/v1",
      kind: "SecretStore",
      metadata,
      // Without credentials of its own it reads as the operator does, whose role has the secrets below its prefix alone.
      spec: { provider: { aws: { service: "SecretsManager", region } } },
    };
    const secret: ExternalSecret = {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata,
      spec: {
        refreshInterval: "1h",
        secretStoreRef: { kind: "SecretStore", name },
        target: { name: secretName },
        data: ["clientID", "clientSecret"].map((property) => ({
          secretKey: property,
          remoteRef: { key: client.secret, property },
        })),
      },
    };
    const { ready } = new CustomResources(this, "Resource", {
      releaseName: limitedName(releaseNameLimit, "sign-in", props.name),
      namespace,
      manifests: [store, secret],
      dependsOn: props.dependsOn,
    });
    this.ready = [ready];
  }
}
