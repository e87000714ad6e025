import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { definitionSources } from "../../commands/inputs/definition-sources";
import { fetchInputs, type Missing } from "../../commands/inputs/fetch-inputs";
import { definitionsFile } from "../../commands/inputs/inputs-folder";
import { printInputs } from "../../commands/inputs/print-inputs";
import { runProgram } from "../../commands/program/child";
import type { Surroundings } from "../../commands/program/surroundings";
import { type Component, components } from "../../modules/lifecycle/components";
import { ChartServer, packaged, sha256 } from "./chart-server";
import { TestProject } from "./test-project";

const crd = (name: string, properties: object, more: object = {}) =>
  JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name },
    spec: { versions: [{ name: "v1", schema: { openAPIV3Schema: { type: "object", properties } } }] },
    ...more,
  });

function component(chart: string, version: string, repository: string): Component {
  return { title: chart, chart, version, repository, support: { kind: "current" }, source: repository };
}

describe("the inputs of generators and chart tests", () => {
  let server: ChartServer;
  let project: TestProject;
  beforeEach(async () => {
    server = new ChartServer();
    project = new TestProject();
    await server.start();
  });
  afterEach(() => server.stop());

  const folder = () => join(project.root, "inputs");
  const read = (file: string) => readFileSync(join(folder(), file), "utf8");

  /** Fetches the charts given under the names that the table of components has for them. */
  function fetched(charts: Readonly<Record<string, Component>>): Promise<readonly Missing[]> {
    return fetchInputs({
      folder: folder(),
      helm: (args) => runProgram(project.surroundings(), "helm", args),
      charts,
    });
  }

  it("come out of a chart repository: values as they are, definitions from the chart's crds folder", async () => {
    const content = await packaged("appmesh-controller", {
      "Chart.yaml": "name: appmesh-controller\n",
      "values.yaml": "# How many.\nreplicaCount: 1\n",
      "crds/kustomization.yaml": "kind: Kustomization\n",
      "crds/crds.yaml": `${crd("meshes.example.com", {})}\n---\n${crd("doors.example.com", {})}\n`,
    });
    const repository = server.repository("/charts", { "appmesh-controller": { "1.13.3": content } });
    expect(await fetched({ appMesh: component("appmesh-controller", "1.13.3", repository) })).toEqual([]);
    expect(read("charts/appmesh-controller-1.13.3.values.yaml")).toBe(
      `# From chart appmesh-controller 1.13.3 of ${repository}.\n# How many.\nreplicaCount: 1\n`,
    );
    const definitions = parseAllDocuments(read("crds/appmesh-controller-v1.13.3.yaml")).map((one) => one.toJS());
    expect(definitions.map(({ metadata }) => metadata.name)).toEqual(["doors.example.com", "meshes.example.com"]);
  });

  it("come out of an OCI registry, with the token that it hands out to anybody", async () => {
    const content = await packaged("door", { "Chart.yaml": "name: door\n", "values.yaml": "open: true\n" });
    const repository = server.registered("team/charts", "door", "1.0.0_build.2", content);
    expect(await fetched({ door: component("door", "1.0.0+build.2", repository) })).toEqual([]);
    expect(parse(read("charts/door-1.0.0+build.2.values.yaml"))).toEqual({ open: true });
    expect(server.asked.filter((path) => path.startsWith("/token"))).toHaveLength(1);
  });

  it("lose the descriptions of their schemas, and no property that is called so", async () => {
    const properties = {
      description: { type: "string", description: "What it is." },
      rules: { type: "array", description: "All.", items: { type: "object", description: "One." } },
    };
    server.at("/crds.yaml", { body: `${crd("doors.example.com", properties, { status: {} })}\n---\nkind: List\n` });
    const source = { name: "doors", component: "gatewayApiCrds", kind: "address" } as const;
    const missing = await fetchInputs({
      folder: folder(),
      helm: (args) => runProgram(project.surroundings(), "helm", args),
      charts: { gatewayApiCrds: component("doors", "1.0.0", "modules/doors/chart") },
      definitions: [{ ...source, address: () => `http://${server.host}/crds.yaml` }],
    });
    expect(missing).toEqual([]);
    const [definition] = parseAllDocuments(read("crds/doors-v1.0.0.yaml")).map((one) => one.toJS());
    expect(definition.spec.versions[0].schema.openAPIV3Schema.properties).toEqual({
      description: { type: "string" },
      rules: { type: "array", items: { type: "object" } },
    });
    expect(definition).not.toHaveProperty("status");
    expect(readdirSync(folder())).toEqual(["crds"]);
  });

  it("are rendered by Helm where a chart keeps definitions among its templates", async () => {
    const content = await packaged("cert-manager", { "Chart.yaml": "name: cert-manager\n", "values.yaml": "{}\n" });
    const repository = server.repository("", { "cert-manager": { "v1.2.3": content } });
    project.standIn("helm", `echo '${crd("doors.example.com", {})}'`);
    expect(await fetched({ certManager: component("cert-manager", "v1.2.3", repository) })).toEqual([]);
    expect(read("crds/cert-manager-v1.2.3.yaml")).toContain("name: doors.example.com");
    expect(project.calls).toEqual([
      expect.stringMatching(
        /^helm template inputs \/\S+\/cert-manager\.tgz --include-crds --kube-version 1\.\d+\.0 --set crds\.enabled=true$/,
      ),
    ]);
  });

  it("say that Helm is missing where only Helm can render them, and come without those", async () => {
    const content = await packaged("cert-manager", { "Chart.yaml": "name: cert-manager\n", "values.yaml": "{}\n" });
    const repository = server.repository("", { "cert-manager": { "v1.2.3": content } });
    expect(await fetched({ certManager: component("cert-manager", "v1.2.3", repository) })).toEqual([
      {
        files: ["crds/cert-manager-v1.2.3.yaml"],
        reason: "helm could not be started (spawnSync helm ENOENT); install it, or put it on the PATH",
      },
    ]);
    expect(existsSync(join(folder(), "charts/cert-manager-v1.2.3.values.yaml"))).toBe(true);
  });

  it("take the place of another version's, and of nothing else", async () => {
    const content = await packaged("door", { "Chart.yaml": "name: door\n" });
    const repository = server.repository("", { door: { "2.0.0": content } });
    mkdirSync(join(folder(), "charts"), { recursive: true });
    const others = ["door-crds-1.0.0.values.yaml", "indoor-1.0.0.values.yaml", "notes.txt"];
    for (const file of ["door-1.10.0-rc.1.values.yaml", ...others]) writeFileSync(join(folder(), "charts", file), "");
    await fetched({ door: component("door", "2.0.0", repository) });
    expect(readdirSync(join(folder(), "charts")).sort()).toEqual(["door-2.0.0.values.yaml", ...others].sort());
  });

  describe("are refused, with address and remedy,", () => {
    it("where a repository does not have the version", async () => {
      const content = await packaged("door", { "Chart.yaml": "name: door\n" });
      const repository = server.repository("", { door: { "2.0.0": content, "1.9.0": content } });
      expect(await fetched({ door: component("door", "2.0.1", repository) })).toEqual([
        {
          files: ["charts/door-2.0.1.values.yaml"],
          reason:
            `${repository}/index.yaml: it has no version 2.0.1 of door, but 2.0.0, 1.9.0 and others; ` +
            "correct the version in modules/lifecycle/components.ts, or in `releases` of the environment",
        },
      ]);
    });

    it("where a package is not the one of the index", async () => {
      const content = await packaged("door", { "Chart.yaml": "name: door\n" });
      const repository = server.repository("", { door: { "2.0.0": content } });
      server.at("/packages/door-2.0.0.tgz", { body: "another" });
      const [missing] = await fetched({ door: component("door", "2.0.0", repository) });
      expect(missing?.reason).toBe(
        `${repository}/packages/door-2.0.0.tgz: its SHA-256 is ${sha256("another")}, and ${sha256(content)} was ` +
          "announced; try again, and do not use it if that remains so",
      );
    });

    it("where a registry has no such chart", async () => {
      const repository = `oci://${server.host}/charts`;
      const [missing] = await fetched({ door: component("door", "2.0.0", repository) });
      expect(missing?.reason).toBe(
        `http://${server.host}/v2/charts/door/manifests/2.0.0: the server answers 404 Not Found; correct the address ` +
          "or the version in modules/lifecycle/components.ts, or in `releases` of the environment",
      );
    });

    it("where an index is a page of something else", async () => {
      server.at("/index.yaml", { body: "<!doctype html><title>Please log in</title>: [" });
      const [missing] = await fetched({ door: component("door", "2.0.0", `http://${server.host}`) });
      expect(missing?.reason).toContain(`http://${server.host}/index.yaml: it is no index of a chart repository`);
    });

    it("where nothing answers, once for all files of one chart", async () => {
      await server.stop();
      const repository = "http://127.0.0.1:1";
      const missing = await fetched({ appMesh: component("appmesh-controller", "1.13.3", repository) });
      expect(missing).toEqual([
        {
          files: ["charts/appmesh-controller-1.13.3.values.yaml", "crds/appmesh-controller-v1.13.3.yaml"],
          reason: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/index\.yaml: nothing answers \(.+\); see that/),
        },
      ]);
    });
  });

  it("are listed as they arrive, and one that is missing ends the command with exit code 1", async () => {
    const content = await packaged("door", { "Chart.yaml": "name: door\n" });
    const repository = server.repository("", { door: { "2.0.0": content } });
    const printed: Record<"output" | "errors", string[]> = { output: [], errors: [] };
    const surroundings: Surroundings = {
      ...project.surroundings({ variables: { FOUNDRY_INPUTS: "kept/inputs" } }),
      output: { ...project.surroundings().output, write: (text) => printed.output.push(text) },
      errors: { ...project.surroundings().errors, write: (text) => printed.errors.push(text) },
    };
    const charts = { door: component("door", "2.0.0", repository), gate: component("gate", "1.0.0", repository) };
    await expect(printInputs(surroundings, { charts })).rejects.toMatchObject({
      exitCode: 1,
      message: "some inputs are missing, for the reasons above; the others can be used",
    });
    expect(printed).toEqual({
      output: ["charts/door-2.0.0.values.yaml\n", "kept/inputs: 1 file\n"],
      errors: [
        `charts/gate-1.0.0.values.yaml: missing, because ${repository}/index.yaml: it has no chart gate; ` +
          "correct its name in modules/lifecycle/components.ts, or in `releases` of the environment\n",
      ],
    });
    expect(readFileSync(join(project.root, "kept/inputs/charts/door-2.0.0.values.yaml"), "utf8")).toContain("{}");
  });

  it("have the names that the generated types say they come from", () => {
    const files = definitionSources.map(({ name, component: key }) =>
      basename(definitionsFile(name, components[key].version)),
    );
    const named = readdirSync(".gen", { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .flatMap((text) => /^\/\/ Generated by `npm run gen` from (\S+\.yaml)\./.exec(text)?.slice(1) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
  });
});
