import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { definitionsFolder } from "../../src/inputs";
import { type ControlPlane, startControlPlane } from "../../src/kubernetes/control-plane";
import { installCustomResourceDefinitions } from "../../src/kubernetes/custom-resource-definitions";
import { dryRun } from "../../src/kubernetes/dry-run";
import type { Manifest } from "../../src/kubernetes/kubernetes-object";
import { describeControlPlane, threeNodes } from "./suite";

const definitions = definitionsFolder() ?? "";

const mapping = (spec: Readonly<Record<string, unknown>>): Manifest => ({
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Mapping",
  metadata: { name: "books", namespace: "default" },
  spec: { hostname: "*", prefix: "/books/", service: "book.default:80", ...spec },
});

const targetGroupBinding = (targetType: string): Manifest => ({
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  metadata: { name: "books", namespace: "default" },
  spec: {
    serviceRef: { name: "book", port: 80 },
    targetGroupARN: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/books/0123456789abcdef",
    targetType,
  },
});

const config = (data: Readonly<Record<string, unknown>>): Manifest => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "default" },
  data,
});

describeControlPlane("a dry run", ({ programs, workDir }) => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ name: "sandbox", workDir, programs: programs(), nodes: threeNodes });
  });

  afterAll(() => controlPlane?.stop());

  it("accepts what the API server would create, and creates nothing", async () => {
    const manifest = config({ colour: "green" });
    expect(await dryRun(controlPlane.api, [manifest])).toEqual([{ kind: "accepted", manifest }]);
    expect(await controlPlane.api.get("/api/v1/namespaces/default/configmaps/settings")).toBeUndefined();
  });

  it("refuses a field that the kind does not have, by its name", async () => {
    const [result] = await dryRun(controlPlane.api, [{ ...config({}), dta: {} }]);
    expect(result).toMatchObject({ kind: "refused", reason: "BadRequest", message: expect.stringMatching(/"dta"/) });
  });

  it("refuses a kind that the cluster does not have, and still answers for the others", async () => {
    const unknown: Manifest = { apiVersion: "example.com/v1", kind: "Gadget", metadata: { name: "g" } };
    const [first, second] = await dryRun(controlPlane.api, [unknown, config({})]);
    expect(first).toMatchObject({ kind: "refused", reason: "NotFound", message: expect.stringMatching(/Gadget/) });
    expect(second?.kind).toBe("accepted");
  });

  it("refuses an object of a namespace that does not exist", async () => {
    const manifest: Manifest = { ...config({}), metadata: { name: "settings", namespace: "nowhere" } };
    const [result] = await dryRun(controlPlane.api, [manifest]);
    expect(result).toMatchObject({ kind: "refused", message: expect.stringMatching(/"nowhere" not found/) });
  });

  it("is possible only with definitions in the folder that is named for them", async () => {
    const folder = join(workDir, "definitions");
    await expect(installCustomResourceDefinitions(controlPlane.api, folder)).rejects.toThrow(/no YAML file here/);
    mkdirSync(folder);
    writeFileSync(join(folder, "pod.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
    await expect(installCustomResourceDefinitions(controlPlane.api, folder)).rejects.toThrow(/pod\.yaml: a document/);
  });

  const missing = definitions === "";
  describe.skipIf(missing)(`of custom resources${missing ? " (skipped: ../shared/crds is missing)" : ""}`, () => {
    beforeAll(async () => {
      const names = await installCustomResourceDefinitions(controlPlane.api, definitions);
      expect(names).toContain("mappings.getambassador.io");
    });

    it("accepts a right Mapping and a right TargetGroupBinding", async () => {
      const results = await dryRun(controlPlane.api, [mapping({ timeout_ms: 3000 }), targetGroupBinding("ip")]);
      expect(results.map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
    });

    it("refuses a field that the definition does not have", async () => {
      const [result] = await dryRun(controlPlane.api, [mapping({ timeoutMs: 3000 })]);
      expect(result).toMatchObject({ kind: "refused", message: expect.stringMatching(/spec\.timeoutMs/) });
    });

    it("refuses a value of the wrong type", async () => {
      const [result] = await dryRun(controlPlane.api, [mapping({ prefix: 7 })]);
      expect(result).toMatchObject({
        kind: "refused",
        reason: "Invalid",
        message: expect.stringMatching(/spec\.prefix/),
      });
    });

    it("refuses a value outside its enumeration", async () => {
      const [result] = await dryRun(controlPlane.api, [targetGroupBinding("pod")]);
      expect(result).toMatchObject({ kind: "refused", message: expect.stringMatching(/spec\.targetType.*"pod"/) });
    });

    it("refuses an object without a field that the definition requires", async () => {
      const { spec, ...rest } = targetGroupBinding("ip");
      expect(spec).toBeDefined();
      const [result] = await dryRun(controlPlane.api, [{ ...rest, spec: { targetType: "ip" } }]);
      expect(result).toMatchObject({ kind: "refused", message: expect.stringMatching(/serviceRef.*[Rr]equired/s) });
    });

    it("installs the same definitions a second time without complaint", async () => {
      await expect(installCustomResourceDefinitions(controlPlane.api, definitions)).resolves.toHaveLength(62);
    });
  });
});
