import { type ControlPlane, startControlPlane } from "@ingress-foundry/sandbox/kubernetes/control-plane";
import { KubernetesApiError } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import type { Manifest } from "@ingress-foundry/sandbox/kubernetes/kubernetes-object";
import { describeControlPlane, threeNodes } from "@ingress-foundry/sandbox/test/kubernetes/suite";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { roleGuard } from "../../../modules/controllers/emissary/role-guard";

const group = "rbac.example.com/group";
const path = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
const aggregation = { fieldManager: "clusterrole-aggregation-controller" };
const rules = [{ apiGroups: [""], resources: ["services"], verbs: ["get"] }];

function role(name: string, rest: object): Manifest {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, ...rest };
}

describeControlPlane("an aggregated ClusterRole with a guard", ({ programs, workDir }) => {
  let controlPlane: ControlPlane;

  /** The way in which the aggregation controller writes a role. */
  const aggregated = (name: string) => controlPlane.api.apply(role(name, { rules }), aggregation);

  /** Makes a role and its one part, and waits until the controller has filled the former. */
  async function aggregateFilled(name: string): Promise<void> {
    const { api } = controlPlane;
    await api.create(role(name, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [group]: name } }] } }));
    const part = role(`${name}-part`, { rules });
    await api.create({ ...part, metadata: { ...part.metadata, labels: { [group]: name } } });
    await vi.waitFor(async () => expect((await api.get(`${path}/${name}`))?.["rules"]).toEqual(rules), {
      timeout: 60_000,
      interval: 100,
    });
  }

  beforeAll(async () => {
    controlPlane = await startControlPlane({ name: "guard", workDir, programs: programs(), nodes: threeNodes });
    for (const manifest of roleGuard("edge-role-guard", "edge")) {
      await controlPlane.api.create({ ...manifest, metadata: { ...manifest.metadata } });
    }
    // A policy counts some moments after it is there.
    await vi.waitFor(
      async () => {
        const error = await controlPlane.api.apply(role("edge", { rules }), { ...aggregation, dryRun: "All" }).then(
          () => undefined,
          (refusal: unknown) => refusal,
        );
        expect(error).toBeInstanceOf(KubernetesApiError);
      },
      { timeout: 60_000, interval: 200 },
    );
  });

  afterAll(() => controlPlane?.stop());

  it("is not made by aggregation", async () => {
    await expect(aggregated("edge")).rejects.toThrow("this role went with its Helm release");
    expect(await controlPlane.api.get(`${path}/edge`)).toBeUndefined();
  });

  it("is made by others, filled by aggregation, and stays away once it is deleted with its parts", async () => {
    const { api } = controlPlane;
    await aggregateFilled("edge");
    // As Helm does: both at once.
    await Promise.all([api.delete(`${path}/edge`), api.delete(`${path}/edge-part`)]);
    // What the controller does next shows that it has seen the deletions before.
    await aggregateFilled("after");
    expect(await api.get(`${path}/edge`)).toBeUndefined();
  });

  it("leaves every other role to aggregation", async () => {
    expect((await aggregated("other")).metadata.name).toBe("other");
  });
});
