import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readReport, type SandboxReport } from "@ingress-foundry/sandbox/report";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import type { Lane } from "../lane";
import { NotRun } from "../results";

type Caller = SandboxReport["callers"][number];

/** Seconds until a controller that does its work again and again has done it once more. */
const patience = 180;

/** What controllers called their roles allow, and an action that a role loses is denied from then on. */
export async function rolesSuffice(lane: Lane, sandbox: Sandbox): Promise<void> {
  const { environment } = sandbox.plan;
  const callers = () => readReport(sandbox.folder.report).callers;
  await lane.check("no controller is denied anything", environment, async () => {
    const found = callers();
    if (found.length === 0) {
      throw new NotRun("no controller ran as itself");
    }
    const denied = found.flatMap((caller) => caller.denied.map((what) => `${caller.principalArn}: ${what}`));
    if (denied.length > 0) {
      throw new Error(`their roles do not allow what they called:\n${denied.join("\n")}`);
    }
    lane.results.note(["calls of controllers:", ...found.map(told)].join("\n  "));
    return `${found.reduce((count, { actions }) => count + actions.length, 0)} actions`;
  });
  await lane.check("noticed: a role without one of its actions", environment, async () => {
    const action = "route53:ListHostedZones";
    const caller = callers().find(({ actions }) => actions.includes(action));
    if (caller === undefined) {
      throw new NotRun("ExternalDNS, which calls the same again and again, did not run as itself");
    }
    await withoutAction(sandbox, caller, action, () =>
      until(`${action} is denied`, patience, () =>
        callers().some(
          ({ principalArn, denied }) =>
            principalArn === caller.principalArn && denied.some((what) => what.startsWith(`${action} `)),
        ),
      ),
    );
    return undefined;
  });
}

function told({ principalArn, actions, needed, unneeded }: Caller): string {
  const short = (statement: string) => (statement.length > 60 ? `${statement.slice(0, 60)}…` : statement);
  return [
    `${principalArn.split("/").at(-1)}: ${actions.length} actions: ${actions.join(", ")}`,
    ...needed.map(({ statement, actions: lost }) => `  without ${short(statement)}: denied ${lost.join(", ")}`),
    ...unneeded.map((statement) => `  without ${short(statement)}: nothing denied here`),
  ].join("\n  ");
}

const attached = z.object({ AttachedPolicies: z.array(z.object({ PolicyArn: z.string() })) });
const policy = z.object({ Policy: z.object({ DefaultVersionId: z.string() }) });
const version = z.object({
  PolicyVersion: z.object({
    VersionId: z.string(),
    Document: z.looseObject({ Statement: z.array(z.looseObject({})) }).optional(),
  }),
});

/** Does something while the policies of a role have no statement with this action. */
async function withoutAction(
  { runs }: Sandbox,
  { principalArn }: Caller,
  action: string,
  work: () => Promise<void>,
): Promise<void> {
  const iam = async (...args: readonly string[]): Promise<unknown> => {
    const env = { ...runs.context.environment };
    const { stdout } = await promisify(execFile)("aws", ["iam", ...args, "--output", "json"], { env });
    return stdout.trim() === "" ? {} : JSON.parse(stdout);
  };
  const role = principalArn.split("/").at(-1) ?? "";
  const { AttachedPolicies } = attached.parse(await iam("list-attached-role-policies", "--role-name", role));
  for (const { PolicyArn } of AttachedPolicies) {
    const of = ["--policy-arn", PolicyArn];
    const before = policy.parse(await iam("get-policy", ...of)).Policy.DefaultVersionId;
    const whole = version.parse(await iam("get-policy-version", ...of, "--version-id", before)).PolicyVersion.Document;
    const Statement = whole?.Statement.filter((statement) => !JSON.stringify(statement).includes(`"${action}"`));
    const less = JSON.stringify({ ...whole, Statement });
    const made = version.parse(await iam("create-policy-version", ...of, "--policy-document", less, "--set-as-default"))
      .PolicyVersion.VersionId;
    try {
      await work();
    } finally {
      await iam("set-default-policy-version", ...of, "--version-id", before);
      await iam("delete-policy-version", ...of, "--version-id", made);
    }
  }
}
