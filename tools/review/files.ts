import { z } from "zod";
import { reviewSchema } from "../../commands/review/json";
import { policies } from "../../commands/review/policies/policies";
import { readInTheSource, replacementRules } from "../../commands/review/replacements";
import { format } from "../gen/format";

/** Files under docs/review that follow from the code, and their text. */
export function reviewFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...format(new Map([["docs/review/review.schema.json", JSON.stringify(z.toJSONSchema(reviewSchema))]])),
    ["docs/review/replacements.md", replacements()],
    ["docs/review/policies.md", policyTable()],
  ]);
}

function replacements(): string {
  const rows = Object.entries(replacementRules).map(
    ([type, { fields, whenRemoved = [], whenExchanged = [], loses, upToMinutes, source }]) => {
      const named = [
        ...fields.map((field) => `\`${field}\``),
        ...whenRemoved.map((field) => `\`${field}\`, when it is taken away`),
        ...whenExchanged.map((field) => `\`${field}\`, when another takes its place`),
      ];
      const forcing = named.length === 0 ? "none of those that stacks write" : named.join(", ");
      return `| [\`${type}\`](${source}) | ${forcing} | ${loses} | ${upToMinutes ?? ""} |`;
    },
  );
  return [
    "# What replaces a resource",
    "",
    "Terraform's own schema of a provider does not say which arguments replace a resource; their documentation does, as",
    '"Forces new resource". `foundry review` goes by this table. `*` is every argument but tags and timeouts. A resource is',
    "replaced too where such an argument names the id of another that is replaced.",
    "",
    `Held against the code of the provider as well: ${readInTheSource.map((type) => `\`${type}\``).join(", ")}.`,
    "",
    "| type | arguments | what is lost | up to minutes |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function policyTable(): string {
  const rows = policies.map(({ id, reason, fix, names }) => {
    const { securityHub = [], cisEks = "", checkov = [], trivy = [] } = names;
    return `| \`${id}\` | ${reason} | ${fix} | ${securityHub.join(", ")} | ${cisEks} | ${checkov.join(", ")} | ${trivy.join(", ")} |`;
  });
  return [
    "# Policies",
    "",
    "`foundry review` says which of these a change begins to break or to keep. What was broken before and is not touched",
    "is listed and asks for nobody's attention. `foundry synth` warns of everything that is broken.",
    "",
    "An environment may break one where it says why and until when:",
    "",
    "```ts",
    "waivers: {",
    '  "logs-customer-key": {',
    '    resources: ["cluster: aws_cloudwatch_log_group.network_*"],',
    '    reason: "Flow logs hold addresses alone, agreed with the auditors on 2026-11-02.",',
    '    until: "2027-06-30",',
    "  },",
    "},",
    "```",
    "",
    "Synth and review list waivers; a new one is for a second look. From the day after its last on, synth refuses the",
    "environment until it is renewed or taken out. The stacks carry waivers beside what Terraform reads, so a review of",
    "folders knows them; plans do not have them.",
    "",
    "| policy | reason | what to do | Security Hub | CIS EKS 1.4 | Checkov | Trivy |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "Held against, on 2026-12-01: Security Hub's [control reference](https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html);",
    "the CIS Amazon EKS Benchmark 1.4.0, as [`eks-cis-1.4.yaml`](https://github.com/aquasecurity/trivy-checks/blob/main/pkg/compliance/eks-cis-1.4.yaml)",
    "lists it; [Checkov's policies](https://www.checkov.io/5.Policy%20Index/terraform.html); the ids in the sources of",
    "[trivy-checks](https://github.com/aquasecurity/trivy-checks), where `AVD-AWS-0041` is another name of `AWS-0041`.",
    "",
  ].join("\n");
}
