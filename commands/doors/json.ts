import { z } from "zod";
import { holes, severityOf, stops, type Trace, wayKinds } from "./way";

const place = z.string().describe("`<stack>: <Terraform address>` of what says so.");

const finding = z.strictObject({
  hole: z.enum(Object.keys(holes)).describe("Sort of the hole."),
  severity: z.enum(["error", "warning"]).describe("`error` stops a synth."),
  says: z.string(),
  place: place.optional(),
});

const origin = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("internet") }),
    z.strictObject({ kind: z.literal("networks"), cidrs: z.array(z.string()) }),
    z.strictObject({ kind: z.literal("prefix-list"), name: z.string() }),
    z.strictObject({ kind: z.literal("security-group"), id: z.string() }),
    z.strictObject({ kind: z.literal("vpc"), cidr: z.string().optional() }),
    z.strictObject({ kind: z.literal("vpc-endpoints"), ids: z.array(z.string()) }),
  ])
  .describe("Who can start the way, by where in the network they are.");

const passage = z
  .strictObject({
    kind: z.enum(["security-group", "subnet-route", "network-policy"]),
    says: z.string(),
    lets: z.boolean().describe("Whether it lets the hop through."),
    place: place.optional(),
  })
  .describe("What lets a hop through, or does not.");

const hop = z.strictObject({
  stop: z.enum(stops),
  says: z.string(),
  place: place.optional(),
  passages: z.array(passage),
});

const listening = z.strictObject({
  port: z.number().int(),
  tls: z.boolean(),
  policy: z.string().optional(),
  certificate: z.string().optional(),
  untrusted: z.literal(true).optional().describe("No caller trusts the certificate."),
  redirectsTo: z.number().int().optional(),
});

const way = z.strictObject({
  id: z.string().describe("The same for one door however the rest of the environment changes."),
  kind: z.enum(wayKinds),
  declaredAs: z.array(z.string()).describe("Keys of the declared doors that it is."),
  from: z.array(origin),
  principals: z.array(z.string()).optional().describe("Who may call; without it everybody."),
  listening: z.array(listening),
  authentication: z.string().nullable().describe("null: nobody is asked who they are."),
  waf: z.string().nullable().describe("null: no web ACL."),
  workload: z
    .string()
    .nullable()
    .describe("`<namespace>/<name>:<port>`; null: it ends at nothing of this environment."),
  hops: z.array(hop),
  findings: z.array(finding),
});

/** The shape of `foundry doors --json`. */
export const doorsSchema = z
  .strictObject({
    formatVersion: z.literal(1),
    environments: z.array(
      z.strictObject({
        environment: z.string(),
        ways: z.array(way),
        findings: z.array(finding).describe("Holes that belong to no way."),
        unseen: z.array(z.string()).describe("What cannot be seen in the JSON."),
      }),
    ),
  })
  .describe("Every way into environments, as `foundry doors --json` prints it.");

export type DoorsJson = z.output<typeof doorsSchema>;

export function doorsJson(traces: readonly Trace[]): DoorsJson {
  return doorsSchema.parse({
    formatVersion: 1,
    environments: traces.map(({ environment, ways, findings, unseen }) => ({
      environment,
      ways: ways.map(({ authentication = null, waf = null, workload = null, ...rest }) => ({
        ...rest,
        authentication,
        waf,
        workload,
        findings: rest.findings.map(withSeverity),
      })),
      findings: findings.map(withSeverity),
      unseen,
    })),
  });
}

const withSeverity = <F extends Trace["findings"][number]>(one: F) => ({ ...one, severity: severityOf(one.hole) });
