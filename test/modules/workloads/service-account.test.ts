import { describe, expect, test } from "vitest";
import { serviceAccountOf } from "../../../modules/workloads/service-account";
import { podsOf, synthWorkload, workload } from "./synth-workload";

const roleArn = "$" + "{data.terraform_remote_state.identity.outputs.role}";

describe("service account", () => {
  test("without AWS access the pods run as the namespace's own", () => {
    const synthesized = synthWorkload();
    expect(synthesized.json.resource).not.toHaveProperty("kubernetes_service_account_v1");
    expect(podsOf(synthesized).service_account_name).toBeUndefined();
  });

  test("an IRSA role is an annotation of a service account of the workload's own", () => {
    const synthesized = synthWorkload({ namespace: "web", aws: { kind: "role" } }, { roleArn });
    expect(synthesized.of("kubernetes_service_account_v1", "service-account")).toEqual({
      metadata: { name: "shop", namespace: "web", annotations: { "eks.amazonaws.com/role-arn": roleArn } },
      automount_service_account_token: false,
    });
    expect(podsOf(synthesized).service_account_name).toBe("shop");
  });

  test("with Pod Identity it carries no annotation", () => {
    const { of } = synthWorkload({ aws: { kind: "role" } });
    expect(of("kubernetes_service_account_v1", "service-account")).toEqual({
      metadata: { name: "shop", namespace: "default" },
      automount_service_account_token: false,
    });
  });

  test("it takes a name of its own, with AWS access or without", () => {
    for (const aws of [{ kind: "none" as const }, { kind: "role" as const }]) {
      const synthesized = synthWorkload({ aws, serviceAccount: "proxyauth" });
      expect(synthesized.of("kubernetes_service_account_v1", "service-account")).toMatchObject({
        metadata: { name: "proxyauth" },
      });
      expect(podsOf(synthesized).service_account_name).toBe("proxyauth");
    }
  });

  test("one made elsewhere is used and not made", () => {
    const synthesized = synthWorkload({ serviceAccount: { existing: "proxyauth" } });
    expect(podsOf(synthesized).service_account_name).toBe("proxyauth");
    expect(synthesized.json.resource).not.toHaveProperty("kubernetes_service_account_v1");
  });

  test("the identity stack trusts the same name that the pods run as", () => {
    for (const input of [{}, { aws: { kind: "role" as const } }, { serviceAccount: "proxyauth" }]) {
      expect(serviceAccountOf("shop", workload(input))).toBe(podsOf(synthWorkload(input)).service_account_name);
    }
  });
});
