import { z } from "zod";

const texts = z.union([z.string(), z.array(z.string())]);

/** As much of a statement as tells what it denies; the rest is kept as it is. */
const statementSchema = z.looseObject({
  Effect: z.string(),
  Principal: z.unknown().optional(),
  Action: texts.optional(),
  Resource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

const policySchema = z.looseObject({
  Statement: z.union([statementSchema, z.array(statementSchema)]).transform((one) => [one].flat()),
});

type Statement = z.output<typeof statementSchema>;

/** A bucket by its ARN, such as `arn:aws:s3:::example-terraform-state`. */
const resourcesOf = (bucketArn: string) => [bucketArn, `${bucketArn}/*`];

/**
 * Whether a bucket's policy keeps out whoever comes without TLS, in whatever words.
 *
 * @param policy JSON text; undefined where the bucket has none
 */
export function asksForTls(policy: string | undefined, bucketArn: string): boolean {
  return statementsOf(policy).some((statement) => {
    const { Effect, Principal, Action, Resource, Condition = {} } = statement;
    const everybody = Principal === "*" || Object(Principal).AWS === "*";
    const insecure = String(Condition["Bool"]?.["aws:SecureTransport"]) === "false";
    const alone = Object.keys(Condition).length === 1 && Object.keys(Condition["Bool"] ?? {}).length === 1;
    const everything = [Action].flat().some((action) => action === "s3:*" || action === "*");
    const everywhere = resourcesOf(bucketArn).every((arn) => [Resource].flat().includes(arn));
    return Effect === "Deny" && everybody && insecure && alone && everything && everywhere;
  });
}

/**
 * A bucket's policy with a statement that keeps out whoever comes without TLS; what it says already stays.
 *
 * Source: control S3.5 of AWS Security Hub, rule `s3-bucket-ssl-requests-only` of AWS Config.
 */
export function withTls(policy: string | undefined, bucketArn: string): string {
  const statement: Statement = {
    Sid: "DenyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: resourcesOf(bucketArn),
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const others = policy === undefined ? { Version: "2012-10-17" } : policySchema.parse(JSON.parse(policy));
  const kept = statementsOf(policy).filter(({ Sid }) => Sid !== statement["Sid"]);
  return JSON.stringify({ ...others, Statement: [...kept, statement] });
}

function statementsOf(policy: string | undefined): readonly Statement[] {
  return policy === undefined ? [] : policySchema.parse(JSON.parse(policy)).Statement;
}
