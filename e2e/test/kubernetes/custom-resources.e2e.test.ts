import { definitionsFolder } from "@ingress-foundry/sandbox/inputs";
import { type ControlPlane, startControlPlane } from "@ingress-foundry/sandbox/kubernetes/control-plane";
import { installCustomResourceDefinitions } from "@ingress-foundry/sandbox/kubernetes/custom-resource-definitions";
import { dryRun } from "@ingress-foundry/sandbox/kubernetes/dry-run";
import type { Manifest } from "@ingress-foundry/sandbox/kubernetes/kubernetes-object";
import { describeControlPlane, threeNodes } from "@ingress-foundry/sandbox/test/kubernetes/suite";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { declared } from "../../../test/modules/mesh/declaration";
import { environmentOfOne, matrixOfOne, nameOfOne } from "../../../test/support/door-matrix-of-one";
import { environmentFiles, synthStacks } from "../../../test/support/environments";
import { customResources, isOfAutoMode } from "../../../test/support/kubernetes-objects";
import { variants } from "../../../test/support/variants";

const definitions = definitionsFolder() ?? "";
const missing = definitions === "" ? " (not run: no CRDs below FOUNDRY_INPUTS)" : "";

const everyProtocol: EnvironmentInput = declared(
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
);

const environments: Readonly<Record<string, EnvironmentInput>> = {
  ...environmentFiles,
  ...variants,
  ...Object.fromEntries(matrixOfOne.map((cell) => [nameOfOne(cell), environmentOfOne(cell)])),
  "App Mesh of every protocol": everyProtocol,
  "VPC Lattice without probes": declared("lattice"),
};

const made = new Map<EnvironmentInput, readonly Manifest[]>();

/** Custom resources of an environment, which is synthesized once. */
function manifestsOf(environment: EnvironmentInput): readonly Manifest[] {
  const manifests =
    made.get(environment) ??
    customResources(synthStacks(environment))
      .filter((manifest) => !isOfAutoMode(manifest))
      .map(({ release: _release, ...manifest }): Manifest => manifest);
  made.set(environment, manifests);
  return manifests;
}

/** One manifest of each kind that any environment has. */
function oneOfEachKind(): readonly Manifest[] {
  const byKind = new Map<string, Manifest>();
  for (const manifest of Object.values(environments).flatMap(manifestsOf)) {
    byKind.set(`${manifest.apiVersion} ${manifest.kind}`, manifest);
  }
  return [...byKind.values()];
}

describeControlPlane(`custom resources on a real API server${missing}`, ({ programs, workDir }) => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    if (missing !== "") return;
    // All of them before, since it takes longer than the API server keeps a connection that says nothing.
    const namespaces = new Set(
      Object.values(environments)
        .flatMap(manifestsOf)
        .flatMap(({ metadata }) => metadata.namespace ?? []),
    );
    controlPlane = await startControlPlane({ name: "resources", workDir, programs: programs(), nodes: threeNodes });
    await installCustomResourceDefinitions(controlPlane.api, definitions);
    for (const name of namespaces) {
      if (name === "default" || name.startsWith("kube-")) continue;
      await controlPlane.api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
  });

  afterAll(() => controlPlane?.stop());

  it.skipIf(missing !== "").each(Object.entries(environments))("it takes all of %s", async (_, environment) => {
    const results = await dryRun(controlPlane.api, manifestsOf(environment));
    expect(results.filter(({ kind }) => kind === "refused")).toEqual([]);
  });

  it.skipIf(missing !== "")("it refuses a field that a kind does not have, whatever the kind", async () => {
    const kinds = oneOfEachKind();
    expect(kinds.length).toBeGreaterThan(15);
    // A kind of Kubernetes itself, such as a PriorityClass, may have no specification.
    const wrong = kinds.map((manifest) =>
      "spec" in manifest
        ? { ...manifest, spec: { ...Object(manifest)["spec"], fieldOfNobody: 1 } }
        : { ...manifest, fieldOfNobody: 1 },
    );
    const results = await dryRun(controlPlane.api, wrong);
    expect(results).toHaveLength(kinds.length);
    for (const result of results) {
      expect(result).toMatchObject({ kind: "refused", message: expect.stringContaining("fieldOfNobody") });
    }
  });

  it.skipIf(missing !== "")("it refuses a weight that App Mesh does not know", async () => {
    const router = manifestsOf(environmentFiles.seeds).find(({ kind }) => kind === "VirtualRouter");
    const heavy: Manifest = JSON.parse(JSON.stringify(router).replace('"weight":1', '"weight":101'));
    const [result] = await dryRun(controlPlane.api, [heavy]);
    expect(result).toMatchObject({ kind: "refused", reason: "Invalid", message: expect.stringContaining("weight") });
  });
});
