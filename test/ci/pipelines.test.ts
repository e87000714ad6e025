import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { stackId, stackOrder } from "../../stacks/order";
import { contractsRead } from "../../stacks/reads";
import { TestProject } from "../commands/test-project";
import { actionsIn, syntaxProblems } from "../support/workflow-rules";
import { atlantisFile } from "./atlantis";
import { type Job, pipelines, workflowNamed, workflowText } from "./workflow";

const text = (...path: readonly string[]) => readFileSync(join(pipelines, ...path), "utf8");
const workflows = readdirSync(join(pipelines, "github")).sort();
const project = new TestProject();

/** Every option that a line gives to foundry is one of that command. */
async function isCommand(line: string): Promise<void> {
  const [, command = "", rest = ""] = /npx foundry (\w+)([^|]*)/.exec(line) ?? [];
  const { code, stdout } = await project.run([command, "--help"]);
  expect(code, line).toBe(0);
  for (const [option] of rest.matchAll(/--[\w-]+/g)) expect(stdout, line).toContain(option);
}

describe.each(workflows)("docs/ci/github/%s", (name) => {
  const content = workflowText(name);
  const jobs: readonly Job[] = Object.values(workflowNamed(name).jobs);

  it("is one that GitHub accepts", () => {
    expect(syntaxProblems(name, content)).toEqual([]);
  });

  it("pins every action by the hash of a commit, and says beside it which release that is", () => {
    const { all, loose } = actionsIn(content);
    expect(all).not.toEqual([]);
    expect(loose).toEqual([]);
  });

  it("gives a job a token for AWS only where it signs in there, and none to write but for a comment", () => {
    for (const { permissions, steps } of jobs) {
      const { "id-token": idToken, "pull-requests": pullRequests, ...rest } = permissions;
      expect(rest).toEqual({ contents: "read" });
      const signsIn = steps.some(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
      expect(idToken).toBe(signsIn ? "write" : undefined);
      expect(pullRequests).toBe(steps.some(({ run }) => run?.includes("comment-github.sh")) ? "write" : undefined);
    }
  });

  it("leaves no credentials behind, and installs without anything that runs on its own", () => {
    for (const { steps } of jobs) {
      const [checkout] = steps;
      expect(checkout?.uses).toMatch(/^actions\/checkout@/);
      expect(checkout?.with["persist-credentials"]).toBe(false);
      expect(steps.flatMap(({ run }) => (run?.startsWith("npm") ? [run] : []))).toEqual([
        "npm ci --omit=dev --workspaces=false",
      ]);
    }
  });

  it("puts nothing that a stranger writes into a script", () => {
    for (const { run } of jobs.flatMap(({ steps }) => steps)) expect(run ?? "").not.toContain("${{");
  });

  it("calls foundry with options that there are, and finds a wrong environment before a plan's exit code counts", async () => {
    for (const { steps } of jobs) {
      const lines = steps.flatMap(({ run }) => (run?.includes("npx foundry") ? [run] : []));
      for (const line of lines) await isCommand(line);
      const tolerant = lines.findIndex((line) => line.includes("-eq 2"));
      if (tolerant >= 0) expect(lines.indexOf('npx foundry synth "$ENVIRONMENT"')).toBe(tolerant - 1);
    }
  });
});

describe("the roles that GitHub's jobs take", () => {
  const statement = z.object({
    Effect: z.literal("Allow"),
    Action: z.literal("sts:AssumeRoleWithWebIdentity"),
    Principal: z.strictObject({ Federated: z.string() }),
    Condition: z.strictObject({ StringEquals: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
  });
  const policies = [...text("README.md").matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, json = ""]) => z.object({ Statement: z.tuple([statement]) }).parse(JSON.parse(json)).Statement[0],
  );
  const subjects = policies.map(({ Condition }) =>
    [Condition.StringEquals["token.actions.githubusercontent.com:sub"] ?? []].flat(),
  );

  it("are for AWS and for named subjects of one repository, without a pattern", () => {
    expect(policies).toHaveLength(2);
    for (const { Condition } of policies) {
      expect(Condition.StringEquals["token.actions.githubusercontent.com:aud"]).toBe("sts.amazonaws.com");
    }
    for (const subject of subjects.flat()) expect(subject).toMatch(/^repo:example\/platform:[^*?]+$/);
  });

  it("apply for an environment that somebody approves alone, and never for a pull request", () => {
    expect(subjects[1]).toEqual(["repo:example/platform:environment:dev"]);
    expect(subjects[0]).toEqual(["repo:example/platform:pull_request", "repo:example/platform:ref:refs/heads/main"]);
  });
});

describe("docs/ci/gitlab-ci.yml", () => {
  const job = z.object({
    script: z.array(z.string()).optional(),
    extends: z.union([z.string(), z.array(z.string())]).optional(),
    variables: z.record(z.string(), z.string()).optional(),
    resource_group: z.string().optional(),
    environment: z.object({ name: z.string() }).optional(),
    rules: z.array(z.object({ if: z.string(), when: z.string().optional() })).optional(),
  });
  const { default: _, stages: __, ...rest } = z.record(z.string(), z.unknown()).parse(parse(text("gitlab-ci.yml")));
  const jobs = new Map(Object.entries(rest).map(([name, value]) => [name, job.parse(value)]));

  it("calls foundry with options that there are", async () => {
    const lines = [...jobs.values()]
      .flatMap(({ script = [] }) => script)
      .filter((line) => line.includes("npx foundry"));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) await isCommand(line);
  });

  it("applies one at a time, from the default branch, after somebody said so, by a role of its own", () => {
    const applies = [...jobs.values()].filter(({ script = [] }) => script.some((line) => line.includes("--yes")));
    expect(applies).toHaveLength(1);
    for (const { resource_group, environment, rules, variables } of applies) {
      expect(environment?.name).toBe(resource_group);
      expect(rules).toEqual([
        { if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', when: "manual" },
      ]);
      expect(variables?.["AWS_ROLE_ARN"]).toMatch(/apply-dev$/);
    }
  });

  it("gives a review no credentials of AWS", () => {
    expect(jobs.get("review")?.extends).toBe(".foundry");
    expect(JSON.stringify(jobs.get(".foundry"))).not.toContain("AWS");
  });
});

describe("docs/ci/atlantis.yaml", () => {
  const file = atlantisFile.parse(parse(text("atlantis.yaml"), { merge: true }));

  it("has a project a stack, after those whose contract it reads", () => {
    expect(file.projects.map(({ name, dir }) => [name, dir])).toEqual(
      stackOrder.map((kind) => [stackId("dev", kind), `deploy/stacks/${stackId("dev", kind)}`]),
    );
    for (const [index, kind] of stackOrder.entries()) {
      expect(file.projects[index]?.depends_on ?? []).toEqual(contractsRead[kind].map((read) => stackId("dev", read)));
      expect(file.projects[index]?.execution_order_group).toBe(index + 1);
    }
    expect(file.abort_on_execution_order_fail).toBe(true);
  });

  it("applies nothing that nobody approved, or that main has left behind", () => {
    for (const { apply_requirements } of file.projects) {
      expect(apply_requirements).toEqual(["approved", "mergeable", "undiverged"]);
    }
  });

  it("names workflows that there are, and takes no plugin that is not locked", () => {
    for (const { workflow } of file.projects) expect(Object.keys(file.workflows ?? {})).toContain(workflow);
    expect(JSON.stringify(file.workflows)).toContain("-lockfile=readonly");
  });

  it("is refused with a key that Atlantis does not know", () => {
    expect(atlantisFile.safeParse({ ...file, parallel_plans: true }).success).toBe(false);
  });
});
