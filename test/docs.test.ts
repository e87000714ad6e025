import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../modules/schema/problem";
import { defineEnvironment, extend } from "../platform/define-environment";
import { checkEnvironments, checkFile } from "../platform/load";
import { TestProject } from "./commands/test-project";
import { today } from "./support/environments";
import { minimal } from "./support/minimal";

const root = join(__dirname, "..");

/** Pages for people, by their path in the project. */
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const read = (page: string) => readFileSync(join(root, page), "utf8");

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = pages.flatMap((page) =>
  [...read(page).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
    page,
    language,
    text,
  })),
);
const ofReader = (language: string, ...from: readonly string[]) =>
  blocks.filter((block) => block.language === language && from.includes(block.page));

/** As GitHub makes the anchor of a heading. */
const anchors = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("links", () => {
  it.each(pages)("of %s lead to something", (page) => {
    const prose = read(page).replaceAll(/^```[\s\S]*?^```$/gm, "");
    const dead = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : relative(root, join(root, dirname(page), path));
      if (!existsSync(join(root, target))) return [link];
      return anchor === undefined || anchors(target).includes(anchor) ? [] : [link];
    });
    expect(dead).toEqual([]);
  });

  it("of README to pages of the project lead to something, written as code too", () => {
    const named = [...read("README.md").matchAll(/`((?:docs|providers|examples|environments)\/[\w./-]*)`/g)];
    const made = ["environments/staging.ts"];
    const dead = named.flatMap(([, path = ""]) => (made.includes(path) || existsSync(join(root, path)) ? [] : [path]));
    expect(dead).toEqual([]);
  });
});

/** What a fragment of an environment file says. What it takes from files of objects is none here. */
function fragment(text: string): Readonly<Record<string, unknown>> {
  const files = [...text.matchAll(/^import (\w+) from .*\.ya?ml";$/gm)].map(([, name]) => `const ${name} = "";`);
  const data = text.replaceAll(/^import .*\.ya?ml";$/gm, "");
  const { code } = transformSync(`${files.join("")}module.exports = {${data}};`, { loader: "ts", format: "cjs" });
  const module = { exports: {} };
  new Function("module", code)(module);
  return module.exports;
}

/** What a whole file exports that is composed by our own functions. */
function exported(text: string): readonly unknown[] {
  const { code } = transformSync(text, { loader: "ts", format: "cjs" });
  const module = { exports: {} };
  new Function("module", "exports", "require", code)(module, module.exports, () => ({ defineEnvironment, extend }));
  return Object.values(module.exports);
}

/** An environment that is no more than data here, with every default. */
function passed(value: object) {
  const [environment] = checkEnvironments(
    [{ file: "environments/minimal.ts", name: "minimal", value }],
    today,
  ).environments;
  return environment?.workloads;
}

describe("code that README and docs/choosing-a-door.md show", () => {
  it.each(ofReader("ts", "README.md"))("is an environment that passes: $text", ({ text }) => {
    const environment = { ...minimal(), registry: { repositories: { shop: {} } }, ...fragment(text) };
    expect(Object.keys(passed(environment) ?? {})).toEqual(["shop"]);
  });

  it.each(ofReader("ts", "docs/choosing-a-door.md"))("is a door that passes: $text", ({ text }) => {
    const workload = { image: { name: "nginx", tag: "1.29.3" }, port: 8080, ...fragment(text) };
    const environment = {
      ...minimal(),
      controllers: {
        awsLoadBalancerController: {},
        gatewayApiCrds: {},
        emissary: {},
        nginx: { kind: "f5" as const, exposure: "internal" as const },
        ackApiGateway: {},
      },
      certificates: text.includes('certificate: "web"')
        ? { web: { kind: "acm" as const, hosts: ["shop.example.com"], validation: { kind: "elsewhere" as const } } }
        : {},
      gateways: text.includes('gateway: "front"') ? { front: { kind: "alb" as const } } : {},
      apis: text.includes("api-gateway") && text.includes("orders") ? { orders: { kind: "http" as const } } : {},
      workloads: { shop: workload },
    };
    expect(passed(environment)?.["shop"]?.routes).toHaveLength(1);
  });

  it("is a refusal that is printed so", () => {
    const [block] = ofReader("text", "README.md");
    const environment = {
      ...minimal("dev"),
      cluster: { ...minimal().cluster, endpoint: { kind: "public-and-private", cidrs: ["0.0.0.0/0"] } },
    };
    const refuse = () => checkEnvironments([{ file: "environments/dev.ts", name: "dev", value: environment }], today);
    expect(refuse).toThrow(EnvironmentError);
    expect(refuse).toThrow(block?.text.trim());
  });
});

/** Options of one part of an environment, which a page shows without that part. */
const parts: Readonly<Record<string, string>> = { nodeGroups: "cluster", cart: "workloads" };

function merged(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, key in over ? merged(under[key], over[key]) : under[key]]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

describe("code that other pages show", () => {
  const others = blocks.filter(
    ({ page, language }) => language === "ts" && page.startsWith("docs/") && page !== "docs/choosing-a-door.md",
  );

  const isWhole = ({ text }: (typeof others)[number]) => text.includes("defineEnvironment");

  it.each(others.filter(isWhole))("$page is a file that exports environments: $text", ({ text }) => {
    const environments = exported(text).flatMap((value) =>
      isObject(value) && !("name" in value) ? Object.values(value) : [value],
    );
    expect(environments.length).toBeGreaterThan(0);
    for (const value of environments) {
      const { problems } = checkFile({ file: "environments/x.ts", name: "x", value }, today);
      expect(problems.map(({ problem }) => problem.rule).filter((rule) => /no option/.test(rule))).toEqual([]);
    }
  });

  it.each(others.filter((block) => !isWhole(block)))("$page names options that there are: $text", ({ text }) => {
    const shown = fragment(text.replace(/,?\s*\.\.\.(?=\s*\})/g, ""));
    const whole = Object.entries(shown).reduce<unknown>((value, [key, given]) => {
      const part = parts[key];
      return merged(value, part === undefined ? { [key]: given } : { [part]: { [key]: given } });
    }, minimal());
    const { problems } = checkFile({ file: "environments/minimal.ts", name: "minimal", value: whole }, today);
    expect(problems.map(({ problem }) => problem.rule).filter((rule) => /no option/.test(rule))).toEqual([]);
  });
});

describe("commands that pages show", () => {
  const shells = [
    ...blocks,
    ...["providers/README.md", "sandbox/README.md", "e2e/README.md"].flatMap((page) =>
      [...read(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => ({ page, language: "sh", text })),
    ),
  ].filter(({ language }) => language === "sh");
  const lines = shells
    .flatMap(({ page, text }) =>
      text.split(/\n|&&/).map((line) => ({ page, line: line.replace(/(^|\s)#.*/, "").trim() })),
    )
    .map(({ page, line }) => ({ page, line: line.replace(/^(sudo -E|export|[A-Z_]+=\S+) /, "") }))
    .filter(({ line }) => line !== "");
  const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;
  const project = new TestProject();

  it("are ones that a shell can read", () => {
    // What the reader fills in stands in angle brackets, which a shell takes for files.
    const text = shells.map((block) => block.text.replace(/<[^<>\n]+>/g, "word")).join("\n");
    const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
    expect(status, stderr).toBe(0);
  });

  it.each(lines.filter(({ line }) => line.startsWith("npm run ")))("$page: $line is a script of npm", ({ line }) => {
    expect(scripts).toHaveProperty([line.split(" ")[2] ?? ""]);
  });

  it.each(lines.filter(({ line }) => line.startsWith("npx foundry ")))(
    "$page: $line is a command with these options",
    async ({ line }) => {
      const [, , command = "", ...rest] = line.split(/\s+/);
      const [first = ""] = rest;
      // The sandbox has a program of its own, whose help this is not.
      const own = command === "sandbox" || first.startsWith("-") || first === "";
      const { code, stdout } = await project.run(own ? [command, "--help"] : [command, first, "--help"]);
      expect(code).toBe(0);
      const options = command === "sandbox" ? [] : rest.filter((word) => word.startsWith("--"));
      for (const option of options) expect(stdout).toContain(option);
    },
  );

  it("are of programs that a reader is told of, and of no other", () => {
    const programs = new Set(lines.map(({ line }) => line.split(" ")[0]));
    expect([...programs].sort()).toEqual(["apt-get", "aws", "git", "kubectl", "npm", "npx", "terraform"]);
  });
});
