import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { components } from "../modules/lifecycle/components";
import { actionsIn, syntaxProblems } from "./support/workflow-rules";

const root = join(__dirname, "..");
const text = (...path: readonly string[]) => readFileSync(join(root, ...path), "utf8");
const filesOf = (...folder: readonly string[]) => readdirSync(join(root, ...folder)).sort();

const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.object({ "timeout-minutes": z.number(), steps: z.array(step) })),
});

describe.each(filesOf(".github", "workflows"))("the workflow %s", (name) => {
  const content = text(".github", "workflows", name);
  const { permissions, jobs } = workflow.parse(parse(content));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("is one that GitHub accepts", () => {
    expect(syntaxProblems(name, content)).toEqual([]);
  });

  it("pins every action by the hash of a commit, and says beside it which release that is", () => {
    const { all, loose } = actionsIn(content);
    expect(all).not.toEqual([]);
    expect(loose).toEqual([]);
  });

  it("may read the repository and nothing else, but for the one that adds to a release; it leaves no credentials", () => {
    expect(permissions).toEqual({ contents: name === "release.yml" ? "write" : "read" });
    expect(content.match(/permissions:/g)).toHaveLength(1);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const { with: options } of checkouts) expect(options["persist-credentials"]).toBe(false);
  });

  it("runs only npm scripts, commands and files that there are", () => {
    const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(text("package.json"));
    for (const { run } of steps) {
      const [, script] = /^npm run ([\w:]+)/.exec(run ?? "") ?? [];
      if (script !== undefined) expect(scripts).toHaveProperty([script]);
      else if (run !== undefined)
        expect(run).toMatch(/^(\.ci\/(run|release)|npm ci( .*)?|npm test|npx foundry \w+( .*)?)$/);
    }
  });
});

it("the workflow of every change runs .ci/run, and the suite on each line of Node", () => {
  const ci = parse(text(".github", "workflows", "ci.yml"));
  expect(JSON.stringify(ci.jobs.everything.steps)).toContain('"run":".ci/run"');
  expect(ci.jobs.node.strategy.matrix.node).toEqual(["20", "22", "24"]);
});

describe("issue forms", () => {
  const field = z.strictObject({
    type: z.enum(["markdown", "input", "textarea", "dropdown", "checkboxes"]),
    id: z.string().optional(),
    attributes: z.record(z.string(), z.unknown()),
    validations: z.strictObject({ required: z.boolean() }).optional(),
  });
  const form = z.strictObject({
    name: z.string(),
    description: z.string(),
    labels: z.array(z.string()),
    body: z.array(field).min(1),
  });

  it.each(filesOf(".github", "ISSUE_TEMPLATE").filter((name) => name !== "config.yml"))("%s asks in fields", (name) => {
    const { body } = form.parse(parse(text(".github", "ISSUE_TEMPLATE", name)));
    const ids = body.flatMap(({ type, id }) => (type === "markdown" ? [] : [id]));
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("renovate.json", () => {
  const manager = z.object({
    managerFilePatterns: z.array(z.string()),
    matchStrings: z.array(z.string()),
    datasourceTemplate: z.string(),
    packageNameTemplate: z.string().optional(),
  });
  const { customManagers } = z.object({ customManagers: z.array(manager) }).parse(JSON.parse(text("renovate.json")));

  it("finds every published chart in the table of components, with its address and version", () => {
    const found = customManagers.flatMap(({ managerFilePatterns, matchStrings, packageNameTemplate }) =>
      managerFilePatterns.flatMap((pattern) =>
        matchStrings.flatMap((match) => {
          const file = pattern.replace(/^\/\^(.*)\$\/$/, "$1").replaceAll("\\", "");
          return [...text(file).matchAll(new RegExp(match, "g"))].map(({ groups }) => ({
            chart: groups?.["depName"],
            repository: groups?.["registryUrl"] ?? `oci://${groups?.["folder"]}`,
            version: groups?.["currentValue"],
            named: packageNameTemplate?.replace(/\{\{\{(\w+)\}\}\}/g, (_, group: string) => groups?.[group] ?? ""),
          }));
        }),
      ),
    );
    const published = Object.values(components)
      .filter(({ repository }) => /^(https|oci):/.test(repository))
      .map(({ chart, repository, version }) => {
        const named = repository.startsWith("oci:") ? `${repository.replace("oci://", "")}/${chart}` : undefined;
        return { chart, repository, version, named };
      });
    const inOrder = (charts: typeof found) => charts.map((chart) => JSON.stringify(chart)).sort();
    expect(inOrder(found)).toEqual(inOrder(published));
  });
});

describe("CHANGELOG.md", () => {
  it("begins with what is not released, and has a section for the version in package.json", () => {
    const { version }: { readonly version: string } = JSON.parse(text("package.json"));
    const [first, ...others] = [...text("CHANGELOG.md").matchAll(/^## \[([^\]]+)\]/gm)].map(([, name]) => name);
    expect(first).toBe("Unreleased");
    expect(others).toContain(version);
  });
});
