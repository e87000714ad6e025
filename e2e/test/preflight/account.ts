import { realFacts } from "../../../commands/preflight/aws/real-facts";
import type { Subject } from "../../../commands/preflight/check";
import { checks } from "../../../commands/preflight/checks";
import { look, type Result } from "../../../commands/preflight/look";
import type { Surroundings } from "../../../commands/program/surroundings";
import { type EnvironmentInput, environmentSchema } from "../../../platform/environment";
import { TestProject } from "../../../test/commands/test-project";

/** Every check against an AWS that answers. Programs of this machine and charts' addresses are others' business. */
export async function lookAt(
  input: EnvironmentInput,
  variables: Readonly<Record<string, string>>,
): Promise<readonly Result[]> {
  const environment = environmentSchema.parse(input);
  const subject: Subject = {
    environment,
    count: (type) => ({ aws_eip: 2, aws_vpc: 1, aws_eks_cluster: 1, aws_iam_role: 9 })[type] ?? 0,
    charts: [],
    terraformFloor: "1.10.0",
    stacks: [],
    today: "2026-11-21",
  };
  const surroundings: Surroundings = { ...new TestProject().surroundings(), variables };
  return look(checks, subject, realFacts(surroundings, environment, []));
}

/** What was found, as `check: what`; what could not be looked at comes with its reason. */
export function said(results: readonly Result[]): readonly string[] {
  return results.flatMap(({ check, outcome }) =>
    outcome.kind === "looked"
      ? outcome.findings.map(({ what }) => `${check}: ${what}`)
      : [`${check} was not looked at: ${outcome.because}`],
  );
}
