import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../../sandbox/kubernetes/control-plane";
import { installCustomResourceDefinitions } from "../../sandbox/kubernetes/custom-resource-definitions";
import { dryRun } from "../../sandbox/kubernetes/dry-run";
import type { Manifest } from "../../sandbox/kubernetes/kubernetes-object";
import { describeControlPlane, threeNodes } from "../../sandbox/kubernetes/suite";
import { seedsWithMesh } from "../../seeds/004-declaration";
import { synthStacks } from "../../support/environments";
import { customResources } from "../../support/kubernetes-objects";
import { declared } from "./declaration";

const sharedDefinitions = join(__dirname, "../../../../shared/crds");
const missing = existsSync(sharedDefinitions) ? "" : " (skipped: ../shared/crds is missing)";

const environments = {
  "App Mesh of the seed": seedsWithMesh("app-mesh"),
  "VPC Lattice of the seed": seedsWithMesh("lattice"),
  "App Mesh of every protocol": declared(
    "app-mesh",
    {
      services: {
        http2: { protocol: "http2", versions: [{ workload: "cart-1" }] },
        grpc: { protocol: "grpc", versions: [{ workload: "cart-2" }] },
        tcp: { protocol: "tcp", versions: [{ workload: "stock-1" }] },
        http: { versions: [{ workload: "web" }], backends: ["tcp"] },
      },
      clients: {},
      gateway: { routes: [{ service: "http", prefix: "/shop" }] },
    },
    { acknowledgeEndOfLife: { appMesh: "2026-09-30" } },
  ),
  "VPC Lattice without probes": declared("lattice"),
};

describeControlPlane(`custom resources of a mesh${missing}`, ({ programs, workDir }) => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    if (missing !== "") return;
    controlPlane = await startControlPlane({ name: "mesh", workDir, programs: programs(), nodes: threeNodes });
    await installCustomResourceDefinitions(controlPlane.api, sharedDefinitions);
    for (const name of ["mesh-test", "shop"]) {
      await controlPlane.api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
  });

  afterAll(() => controlPlane?.stop());

  it.skipIf(missing !== "").each(Object.entries(environments))(
    "an API server takes all of %s",
    async (_, environment) => {
      const manifests = customResources(synthStacks(environment))
        .map(({ release: _release, ...manifest }): Manifest => manifest)
        .filter(({ apiVersion }) => /appmesh|gateway\.networking|application-networking/.test(apiVersion));
      expect(manifests.length).toBeGreaterThan(3);
      const results = await dryRun(controlPlane.api, manifests);
      expect(results.filter(({ kind }) => kind === "refused")).toEqual([]);
    },
  );

  it.skipIf(missing !== "")("and refuses a weight that App Mesh does not know", async () => {
    const [router] = customResources(synthStacks(environments["App Mesh of the seed"])).filter(
      ({ kind }) => kind === "VirtualRouter",
    );
    const manifest: Manifest = JSON.parse(
      JSON.stringify({ ...router, release: undefined }).replace('"weight":1', '"weight":101'),
    );
    const [result] = await dryRun(controlPlane.api, [manifest]);
    expect(result).toMatchObject({ kind: "refused", reason: "Invalid", message: expect.stringContaining("weight") });
  });
});
