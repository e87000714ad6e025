import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changedSince } from "../../commands/program/changed-since";
import { chosenEnvironments } from "../../commands/program/environment-names";
import { environmentNames } from "../../platform/environment-files";
import { bundle } from "../../tools/build/bundle";
import { TestProject } from "./test-project";

/** A hundred environments in folders by region, each of the base of its region and of one for all. */
const regions = ["eu", "us", "ap", "sa"];
const names = regions.flatMap((region) => Array.from({ length: 25 }, (_, index) => `${region}-${index + 1}`));
const ofRegion = (region: string) => names.filter((name) => name.startsWith(`${region}-`)).sort();
const project = new TestProject();
const { root } = project;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: root, stdio: "ignore" });
const environmentText = (name: string, region: string) =>
  `import { ${region} } from "../data/${region}";\nexport default { ...${region}, name: "${name}" };\n`;
const file = (name: string) => `environments/${name.split("-")[0]}/${name}.ts`;

beforeAll(() => {
  write("main.ts", "");
  write("package.json", "{}");
  for (const folder of ["commands", "modules", "platform", "stacks", ".gen"]) write(`${folder}/index.ts`, "");
  write("node_modules/.package-lock.json", "{}");
  write(".gitignore", "dist\nnode_modules\nprograms\ncdktf.out\n");
  write("environments/data/all.ts", "export const all = { tags: {} };\n");
  for (const region of regions) {
    write(
      `environments/data/${region}.ts`,
      `import { all } from "./all";\nexport const ${region} = { ...all, region: "${region}" };\n`,
    );
  }
  for (const name of names) write(file(name), environmentText(name, name.split("-")[0] ?? ""));
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "before");
});

beforeEach(() => {
  git("reset", "--quiet", "--hard");
  git("clean", "--quiet", "--force", "-d");
});

async function touched(): Promise<readonly string[]> {
  await bundle(root);
  return changedSince(
    project.surroundings({ variables: { PATH: process.env["PATH"] } }),
    "HEAD",
    environmentNames(join(root, "environments")),
  );
}

const sorted = (list: readonly string[]) => [...list].sort();
const edit = (path: string) =>
  write(path, `${path.endsWith("all.ts") ? "export const all = { tags: { changed: 1 } };" : ""}`);

describe("a hundred environments in folders", () => {
  it("are all found, and what they share is none", () => {
    expect(environmentNames(join(root, "environments"))).toEqual(sorted(names));
  });

  it.each([
    [["eu-*"], ofRegion("eu")],
    [["eu/*"], ofRegion("eu")],
    [
      ["us-1", "ap-2?"],
      ["us-1", "ap-20", "ap-21", "ap-22", "ap-23", "ap-24", "ap-25"],
    ],
    [["{sa,us}-3"], ["sa-3", "us-3"]],
    [["environments/eu/eu-7.ts"], ["eu-7"]],
  ])("are chosen by pattern: %j", (asked, expected) => {
    expect(chosenEnvironments(root, asked)).toEqual(expected);
  });

  it("are not chosen by a pattern that nothing fits", () => {
    expect(() => chosenEnvironments(root, ["mars-*"])).toThrow(
      'no environment fits "mars-*"; foundry list prints those',
    );
  });

  it("have one name each, whatever their folder", async () => {
    write("environments/us/eu-1.ts", environmentText("eu-1", "us"));
    expect(() => environmentNames(join(root, "environments"))).toThrow(
      "environments/us/eu-1.ts: the whole file\n" +
        '  is:   "eu-1"\n' +
        "  why:  environments/eu/eu-1.ts has this name too",
    );
  });
});

/** What somebody changes, and which environments that touches. */
const changes: readonly (readonly [what: string, change: () => void, touches: readonly string[]])[] = [
  ["nothing", () => undefined, []],
  ["a page", () => write("README.md", "x"), []],
  ["a test", () => write("test/some.test.ts", "x"), []],
  ["the base of all", () => edit("environments/data/all.ts"), names],
  ...regions.map(
    (region) =>
      [
        `the base of ${region}`,
        () => write(`environments/data/${region}.ts`, `export const ${region} = { region: "other" };\n`),
        ofRegion(region),
      ] as const,
  ),
  ...["eu-1", "us-25", "ap-13"].map(
    (name) =>
      [`one environment, ${name}`, () => write(file(name), `export default { name: "${name}" };\n`), [name]] as const,
  ),
  [
    "two environments",
    () => {
      for (const name of ["eu-2", "sa-2"]) write(file(name), `export default { name: "${name}" };\n`);
    },
    ["eu-2", "sa-2"],
  ],
  [
    "a base and an environment of another",
    () => {
      write("environments/data/us.ts", 'export const us = { region: "other" };\n');
      write(file("eu-9"), 'export default { name: "eu-9" };\n');
    },
    ["eu-9", ...ofRegion("us")],
  ],
  ["a base that nobody imports yet", () => write("environments/data/spare.ts", "export const spare = {};\n"), []],
  [
    "a base that one begins to import",
    () => {
      write("environments/data/spare.ts", "export const spare = {};\n");
      write(file("ap-4"), 'import { spare } from "../data/spare";\nexport default { ...spare, name: "ap-4" };\n');
    },
    ["ap-4"],
  ],
  ["a new environment", () => write(file("eu-26"), environmentText("eu-26", "eu")), ["eu-26"]],
  ["an environment that goes", () => rmSync(join(root, file("eu-3"))), []],
  ["a module", () => write("modules/index.ts", "export {};\n"), names],
  ["the lock file", () => write("package-lock.json", "{}"), names],
  [
    "a file that moves to another folder",
    () => renameSync(join(root, file("us-5")), join(root, "environments/eu/us-5.ts")),
    ["us-5"],
  ],
];

describe("a change since a commit", () => {
  it.each(changes)("touches exactly what is made of it: %s", async (_, change, touches) => {
    change();
    expect(await touched()).toEqual(sorted(touches));
  });

  it("is told of twenty kinds here", () => {
    expect(changes.length).toBeGreaterThanOrEqual(20);
  });

  it("of a commit that is not there is an error that says what to name", () => {
    expect(() =>
      changedSince(project.surroundings({ variables: { PATH: process.env["PATH"] } }), "nowhere", names),
    ).toThrow(/git cannot tell what differs from nowhere .*; name a commit, branch or tag that is here/);
  });
});
