import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockFile } from "../../commands/synth/provider-lock-files";
import { Checkout } from "../support/checkout";
import { stackNames } from "../support/environments";
import { minimal } from "../support/minimal";
import { filledIn, workflowNamed } from "./workflow";

const checkout = new Checkout();
const programs = checkout.path("programs");
const states = checkout.path("states");

interface Ran {
  /** Of the step that failed, otherwise 0. */
  readonly code: number;
  readonly output: string;
}

/** Puts a program on the PATH that records how it is called. */
function standIn(name: string, script: string): void {
  const file = join(programs, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${join(programs, "calls")}'\n${script}\n`);
  chmodSync(file, 0o755);
}
const calls = () => readFileSync(join(programs, "calls"), "utf8").trim().split("\n");

function git(...args: readonly string[]): void {
  const { status, stderr } = checkout.run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args]);
  expect(status, stderr).toBe(0);
}

function environmentIs(tags: Readonly<Record<string, string>>): void {
  const base = minimal("dev");
  const environment = { ...base, aws: { ...base.aws, tags }, state: { kind: "s3", bucket: "example-states" } };
  writeFileSync(
    checkout.path("environments", "dev.ts"),
    `import { defineEnvironment } from "../platform/define-environment";\nexport default defineEnvironment(${JSON.stringify(environment)});\n`,
  );
}

/** Runs the steps of a job one after another in the shell that GitHub takes; actions are done by hand, or not needed. */
function run(
  workflow: string,
  job: string,
  { given = {}, option = "" }: { given?: Readonly<Record<string, string>>; option?: string } = {},
): Ran {
  const jobs = workflowNamed(workflow).jobs;
  const found = jobs[job];
  if (found === undefined) throw new Error(`${workflow} has no job ${job}`);
  const [matrix = {}] = found.strategy?.matrix.include ?? [];
  const values = {
    ...Object.fromEntries(Object.entries(matrix).map(([name, value]) => [`matrix.${name}`, value])),
    "github.token": "of-the-job",
    "github.event.number": "7",
    ...given,
  };
  const inEach = (variables: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, filledIn(value, values)]));
  let credentials: NodeJS.ProcessEnv = {};
  let output = "";
  for (const { uses, run: lines, env, with: inputs } of found.steps) {
    if (uses?.startsWith("aws-actions/configure-aws-credentials@")) {
      const region = filledIn(String(inputs["aws-region"]), values);
      // Nothing answers there: what preflight asks of AWS stays open, and a step that needed it would fail.
      credentials = {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "example",
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
        AWS_MAX_ATTEMPTS: "1",
      };
    }
    if (lines === undefined) continue;
    const script = checkout.path("step.sh");
    writeFileSync(script, filledIn(lines, values).replace(/ --yes$/m, ` --yes ${option}`));
    const { PATH } = process.env;
    const ran = checkout.run("bash", ["-e", script], {
      PATH: `${programs}:${PATH}`,
      STAND_IN_FOLDER: states,
      GITHUB_BASE_REF: "main",
      GITHUB_REPOSITORY: "example/platform",
      ...credentials,
      ...inEach(found.env),
      ...inEach(env),
    });
    rmSync(script);
    output += `${ran.stdout}${ran.stderr}`;
    if (ran.status !== 0) return { code: ran.status ?? -1, output };
  }
  return { code: 0, output };
}

beforeAll(() => {
  mkdirSync(programs);
  mkdirSync(states);
  for (const name of ["prod", "seeds", "seeds-today"]) rmSync(checkout.path("environments", `${name}.ts`));
  const project = join(__dirname, "..", "..");
  // What the commit before is bundled with.
  cpSync(join(project, "tools", "build"), checkout.path("tools", "build"), { recursive: true });
  cpSync(join(project, "docs", "review"), checkout.path("docs", "review"), { recursive: true });
  for (const kind of stackNames) {
    const file = lockFile(checkout.folder, kind);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "# Of a test.\n");
  }
  // Everything is installed; what matters is that the job asks for it.
  standIn("npm", "exit 0");
  standIn("gh", "exit 0");
  const terraform = join(__dirname, "..", "commands", "terraform", "stand-in.cjs");
  standIn(
    "terraform",
    `case "$*" in
init*) exit 0 ;;
*" state pull") cat "$STAND_IN_FOLDER/$(basename "\${1#-chdir=}").state" 2>/dev/null; exit 0 ;;
esac
exec '${process.execPath}' '${terraform}' "$@"`,
  );
  writeFileSync(
    checkout.path(".gitignore"),
    "/node_modules\n/dist\n/cdktf.out\n/programs\n/states\n/step.sh\n/review.md\n",
  );
  environmentIs({});
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "main");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  environmentIs({ Team: "shop" });
}, 120_000);
afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }), 120_000);

/** Each job calls the program several times, on a machine that may have other work. */
const patient = { timeout: 600_000 };

describe("the workflows of GitHub, step by step", patient, () => {
  it("review a pull request, and write it as a comment", () => {
    const { code, output } = run("plan.yml", "review");
    expect(code, output).toBe(0);
    expect(readFileSync(checkout.path("review.md"), "utf8")).toMatch(/^<!-- foundry-review -->\n[\s\S]*Team/);
    expect(calls()).toContain("npm ci --omit=dev --workspaces=false");
    expect(calls().at(-1)).toBe(
      "gh api --silent --method POST repos/example/platform/issues/7/comments --field body=@review.md",
    );
  });

  it("plan a pull request, which passes where something would change, and applies nothing", () => {
    const { code, output } = run("plan.yml", "plan");
    expect(code, output).toBe(0);
    expect(calls().some((call) => /^terraform (\S+ )?plan/.test(call))).toBe(true);
    expect(calls().some((call) => /^terraform (\S+ )?apply/.test(call))).toBe(false);
  });

  it("fail for an environment that is not there, whatever the plan's exit code means", () => {
    const { code, output } = run("plan.yml", "plan", { given: { "matrix.environment": "devv" } });
    expect(code).toBe(2);
    expect(output).toContain("there is no environments/devv.ts");
  });

  it("notice of a night what is not applied", () => {
    expect(run("drift.yml", "drift").code).toBe(2);
  });

  it("apply nothing where preflight finds that it would fail", () => {
    const { code, output } = run("apply.yml", "apply");
    expect(code).toBe(1);
    expect(output).toContain("foundry: nothing was changed; ");
    expect(calls().some((call) => /^terraform (\S+ )?apply/.test(call))).toBe(false);
  });

  it("apply a push to main, after a plan that somebody approves", () => {
    expect(workflowNamed("apply.yml").jobs["apply"]).toMatchObject({
      needs: "plan",
      environment: "${{ matrix.environment }}",
    });
    expect(run("apply.yml", "plan").code).toBe(0);
    // Nothing here answers preflight: neither AWS nor the charts' addresses.
    const { code, output } = run("apply.yml", "apply", { option: "--no-preflight" });
    expect(code, output).toBe(0);
    for (const kind of stackNames) expect(existsSync(join(states, `dev-${kind}.state`)), kind).toBe(true);
  });

  it("find nothing of a night after that, and what somebody changed by hand", () => {
    const quiet = run("drift.yml", "drift");
    expect(quiet.code, quiet.output).toBe(0);
    const file = join(states, "dev-cluster.state");
    const state = JSON.parse(readFileSync(file, "utf8"));
    const cluster = state.resources.find(({ type }: { readonly type: string }) => type === "aws_eks_cluster");
    cluster.instances[0].attributes = { name: "by-hand" };
    writeFileSync(file, JSON.stringify(state));
    expect(run("drift.yml", "drift").code).toBe(2);
  });

  it("hold the committed stacks to the environments", () => {
    expect(run("tree.yml", "tree").code).toBe(1);
    git("add", "--all");
    git("commit", "--quiet", "--message", "stacks");
    expect(run("tree.yml", "tree").code).toBe(0);
    environmentIs({ Team: "other" });
    const { code, output } = run("tree.yml", "tree");
    expect(code).toBe(1);
    expect(output).toContain("dev-cluster/cdk.tf.json");
  });
});
