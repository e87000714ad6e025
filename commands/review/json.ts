import { z } from "zod";
import { actions, attentionOf, concerns, type Review } from "./model";
import { exitCodeOf } from "./says";

const value = z.unknown().optional().describe("Any JSON; not there where the field was not there.");
const field = z.strictObject({ path: z.string(), before: value, after: value });
const grant = z.strictObject({
  holder: z.string(),
  effect: z.enum(["Allow", "Deny"]),
  action: z.string(),
  level: z.string().optional().describe("Access level by AWS's own data."),
  resource: z.string(),
  condition: z.string(),
  principal: z.string().optional(),
});
const attention = z.strictObject({
  concern: z.enum(concerns),
  environment: z.string(),
  says: z.string(),
  place: z.string().optional(),
});

/** The shape of `foundry review --as json`. */
export const reviewSchema = z
  .strictObject({
    formatVersion: z.literal(1),
    before: z.string(),
    after: z.string(),
    exitCode: z.number().int().describe("0 nothing, 1 changes, 2 needs attention."),
    attention: z.array(attention),
    environments: z.array(
      z.strictObject({
        environment: z.string(),
        action: z.enum(["add", "remove", "change", "none"]),
        changes: z.array(
          z.strictObject({
            stack: z.string(),
            address: z.string(),
            type: z.string(),
            action: z.enum(actions),
            fields: z.array(field),
            replacement: z
              .strictObject({
                fields: z.array(z.string()),
                loses: z.string(),
                upToMinutes: z.number().optional(),
                source: z.string(),
              })
              .optional(),
            from: z.string().optional(),
          }),
        ),
        settings: z.array(field.extend({ stack: z.string() })),
        contract: z.array(
          z.strictObject({
            stack: z.string(),
            output: z.string(),
            action: z.enum(["add", "remove", "change", "retype"]),
            before: value,
            after: value,
            readers: z.array(z.string()),
          }),
        ),
        gained: z.array(grant),
        lost: z.array(grant),
        ways: z.array(
          z.strictObject({
            id: z.string(),
            action: z.enum(["add", "remove", "change"]),
            before: z.array(z.string()).optional(),
            after: z.array(z.string()).optional(),
          }),
        ),
        policies: z.array(
          z.strictObject({
            policy: z.string().describe("Its id; docs/review/policies.md has its reason."),
            place: z.string(),
            action: z.enum(["broken", "kept", "stands"]).describe("`stands`: it was broken before, and is."),
            waivedUntil: z.string().optional().describe("Last day on which the environment may break it there."),
          }),
        ),
        charts: z.array(
          z.strictObject({
            place: z.string(),
            chart: z.string(),
            before: z.string(),
            after: z.string(),
            manifests: z.array(
              z.strictObject({ name: z.string(), action: z.enum(["add", "remove", "change"]), fields: z.array(field) }),
            ),
            unknown: z.string().optional().describe("Why it is not known what the chart makes."),
          }),
        ),
        waivers: z.array(
          z.strictObject({
            policy: z.string(),
            resources: z.array(z.string()),
            reason: z.string(),
            until: z.string(),
            action: z.enum(["add", "remove", "change", "none"]),
            ended: z.boolean(),
            waives: z.number().int().describe("Places that it lets pass, after the change."),
          }),
        ),
        bill: z.array(
          z.strictObject({
            what: z.string(),
            before: z.number(),
            after: z.number(),
            price: z
              .strictObject({
                what: z.string(),
                region: z.string().describe("A region, or `aws` where it goes for all of them."),
                usd: z.number(),
                per: z.enum(["hour", "month"]),
                source: z.string(),
                asOf: z.string(),
              })
              .optional()
              .describe("What one costs by time alone; not there where no price has a source."),
          }),
        ),
      }),
    ),
  })
  .describe("What differs between two versions of environments, as `foundry review --as json` prints it.");

export type ReviewJson = z.output<typeof reviewSchema>;

export function reviewJson(review: Review): ReviewJson {
  return reviewSchema.parse({
    formatVersion: 1,
    before: review.before,
    after: review.after,
    exitCode: exitCodeOf(review),
    attention: attentionOf(review),
    environments: review.environments.map(({ attention: _attention, trace: _trace, ...rest }) => rest),
  });
}
