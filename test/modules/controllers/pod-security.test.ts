import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { metadataOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";

function levelOf(namespace: string, controllers: NonNullable<EnvironmentInput["controllers"]>) {
  const made = synthStacks({
    ...minimal(),
    dns: { zones: { "example.com": { kind: "create" } } },
    controllers: { awsLoadBalancerController: {}, ...controllers },
  });
  const { labels = {} } = metadataOf(typedResource(made, "kubernetes_namespace_v1", namespace));
  return Object.fromEntries(
    Object.entries(labels).flatMap(([label, level]) => {
      const [prefix, mode] = label.split("/");
      return prefix === "pod-security.kubernetes.io" ? [[mode, level]] : [];
    }),
  );
}

const all = (level: string) => ({ enforce: level, audit: level, warn: level });

describe("the namespace of a controller has the Pod Security level that its pods pass", () => {
  it.each([
    ["cert-manager", { certManager: {} }, "restricted"],
    ["external-dns", { externalDns: {} }, "restricted"],
    ["external-secrets", { externalSecrets: {} }, "restricted"],
    ["emissary", { emissary: {} }, "baseline"],
    ["nginx", { nginx: { kind: "f5" } }, "baseline"],
  ] as const)("%s", (namespace, controllers, level) => {
    expect(levelOf(namespace, controllers)).toEqual(all(level));
  });

  it("the lower of two where controllers share one", () => {
    expect(levelOf("shared", { externalDns: { namespace: "shared" }, emissary: { namespace: "shared" } })).toEqual(
      all("baseline"),
    );
  });
});
