import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { ask } from "../../commands/init/ask";
import { newEnvironment } from "../../commands/init/environment-text";
import { synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";
import { resource } from "../support/synth";
import { TestProject } from "./test-project";

const answers = {
  name: "staging",
  region: "eu-west-1",
  account: "210987654321",
  admin: "arn:aws:iam::210987654321:role/ada",
  network: "203.0.113.0/24",
};
const flags = Object.entries(answers).flatMap(([field, value]) => (field === "name" ? [value] : [`--${field}`, value]));

const identity = (arn: string) => `printf '%s' '${JSON.stringify({ Account: "210987654321", Arn: arn })}'`;

/** A stand-in of the AWS CLI that knows who calls. */
const awsKnows = (arn: string, role = "exit 254") => `case "$*" in
"configure get region") echo eu-west-1 ;;
sts*) ${identity(arn)} ;;
iam*) ${role} ;;
esac`;

const written = (project: TestProject, name = "staging") =>
  readFileSync(join(project.root, "environments", `${name}.ts`), "utf8");

/** What a file under environments/ exports. */
function exported(text: string): unknown {
  const { code } = transformSync(text, { loader: "ts", format: "cjs" });
  const module: { exports: { default?: unknown } } = { exports: {} };
  const required = { defineEnvironment: (environment: unknown) => environment };
  new Function("module", "exports", "require", code)(module, module.exports, () => required);
  return module.exports.default;
}

describe("foundry init", () => {
  it("writes what the command line says, without a question and without the AWS CLI", async () => {
    const project = new TestProject();
    const { code, stdout, stderr } = await project.run(["init", ...flags, "--yes"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "environments/staging.ts\n" });
    expect(stderr).toBe(
      "npx foundry synth staging writes its stacks; npx foundry config staging prints what it means\n",
    );
    expect(exported(written(project))).toEqual(newEnvironment(answers));
  });

  it("makes the caller the administrator of what it writes, and its stacks let nobody else in", () => {
    const { cluster, apps } = synthStacks(newEnvironment(answers));
    const [entry, ...others] = Object.values(cluster.resource["aws_eks_access_entry"] ?? {});
    expect(entry?.["principal_arn"]).toBe(answers.admin);
    expect(others).toEqual([]);
    expect(resource(cluster, "aws_eks_cluster", "cluster")["vpc_config"]).toMatchObject({
      public_access_cidrs: ["203.0.113.0/24"],
    });
    expect(Object.keys(apps.resource["kubernetes_ingress_v1"] ?? {})).toEqual(["workload_hello_alb"]);
  });

  it.each([
    ["a user", "arn:aws:iam::210987654321:user/ada", "exit 254", "arn:aws:iam::210987654321:user/ada"],
    [
      "a role, whose path its session does not tell",
      "arn:aws:sts::210987654321:assumed-role/ada/session",
      "echo arn:aws:iam::210987654321:role/people/ada",
      "arn:aws:iam::210987654321:role/people/ada",
    ],
    [
      "a role that may not look itself up",
      "arn:aws:sts::210987654321:assumed-role/ada/session",
      "exit 254",
      "arn:aws:iam::210987654321:role/ada",
    ],
  ])("offers who calls as a default, taken with an empty line: %s", async (_who, arn, role, admin) => {
    const project = new TestProject();
    project.standIn("aws", awsKnows(arn, role));
    const { code, stderr } = await project.run(["init"], { typed: "staging\n\n\n\n203.0.113.0/24\n" });
    expect(code).toBe(0);
    expect(stderr).toContain("AWS region of the cluster [eu-west-1]: ");
    expect(stderr).toContain(`and is the cluster's administrator [${admin}]: `);
    expect(exported(written(project))).toEqual(newEnvironment({ ...answers, admin }));
  });

  it("asks again where an answer cannot be taken, and says why", async () => {
    const project = new TestProject();
    const typed = [
      "Staging",
      "staging",
      "Oregon",
      "eu-west-1",
      "1",
      answers.account,
      answers.admin,
      "0",
      answers.network,
    ];
    const { code, stderr } = await project.run(["init"], { typed: `${typed.join("\n")}\n` });
    expect(code).toBe(0);
    expect(stderr).toContain("  no partition of AWS has a region of this name\n");
    expect(stderr).toContain("  an AWS account id is twelve digits\n");
    expect(exported(written(project))).toEqual(newEnvironment(answers));
  });

  it("listens to a terminal no more once it knows all, so that it comes to its end", async () => {
    const input = new PassThrough();
    input.write(`${Object.values(answers).join("\n")}\n`);
    const errors = { write: () => undefined, columns: undefined, colour: false };
    expect(await ask({ input, errors }, {}, {})).toEqual(answers);
    expect(input.isPaused()).toBe(true);
  });

  it("writes nothing where the answers end too early", async () => {
    const project = new TestProject();
    const { code, stderr } = await project.run(["init"], { typed: "staging\n" });
    expect(code).toBe(1);
    expect(stderr).toContain("foundry: the answers end too early, and nothing is written");
    expect(existsSync(join(project.root, "environments", "staging.ts"))).toBe(false);
  });

  it("asks nobody with --yes, and says what is missing", async () => {
    const { code, stderr } = await new TestProject().run(["init", "staging", "--yes"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "foundry: nothing says --region, --account, --admin or --network, and --yes asks nothing; write them, or leave --yes out.\n",
    });
  });

  it("takes no option that would be refused later", async () => {
    const { code, stderr } = await new TestProject().run(["init", "staging", "--account", "1", "--yes"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'foundry: --account is "1": an AWS account id is twelve digits.\n',
    });
  });

  it("refuses an administrator of another account in four lines, and writes nothing", async () => {
    const project = new TestProject();
    const other = flags.map((flag) => (flag === answers.admin ? "arn:aws:iam::111111111111:role/ada" : flag));
    const { code, stderr } = await project.run(["init", ...other, "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("environments/staging.ts: cluster.access.administrators.principalArn\n");
    expect(existsSync(join(project.root, "environments", "staging.ts"))).toBe(false);
  });

  it("writes over nothing", async () => {
    const project = new TestProject([minimal("staging")]);
    writeFileSync(join(project.root, "environments", "staging.ts"), "mine");
    // Without the other answers it has nothing to ask for first.
    for (const rest of [[...flags, "--yes"], ["staging"]]) {
      const { code, stderr } = await project.run(["init", ...rest]);
      expect(code).toBe(1);
      expect(stderr).toContain("there is environments/staging.ts already");
      expect(written(project)).toBe("mine");
    }
  });
});
