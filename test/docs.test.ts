import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../modules/schema/problem";
import { checkEnvironments } from "../platform/load";
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

/** What a fragment of an environment file says. */
function fragment(text: string): Readonly<Record<string, unknown>> {
  const { code } = transformSync(`module.exports = {${text}};`, { loader: "ts", format: "cjs" });
  const module = { exports: {} };
  new Function("module", code)(module);
  return module.exports;
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

describe("commands that README shows", () => {
  const lines = ofReader("sh", "README.md")
    .flatMap(({ text }) => text.split(/\n|&&/))
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
  const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;
  const project = new TestProject();

  it.each(lines.filter((line) => line.startsWith("npm run ")))("%s is a script of npm", (line) => {
    expect(scripts).toHaveProperty([line.split(" ")[2] ?? ""]);
  });

  it.each(lines.filter((line) => line.startsWith("npx foundry ")))(
    "%s is a command with these options",
    async (line) => {
      const [, , command = "", ...rest] = line.split(/\s+/);
      const { code, stdout } = await project.run([command, "--help"]);
      expect(code).toBe(0);
      for (const option of rest.filter((word) => word.startsWith("--"))) {
        // The sandbox has a program of its own, whose help this is not.
        if (command !== "sandbox") expect(stdout).toContain(option);
      }
    },
  );

  it("are of programs that README names, and of no other", () => {
    const programs = new Set(lines.map((line) => line.replace(/^export /, "").split(" ")[0]));
    expect([...programs].sort()).toEqual(["aws", "git", "npm", "npx"]);
  });
});
