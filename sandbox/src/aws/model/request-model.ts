import { z } from "zod";
import type { Call } from "../exchange";
import type { MotoClient } from "../moto-client";

/** Served by moto's process, which has the service models of botocore; see `request_model.py`. */
const path = "/sandbox/request-model";

const violation = z.object({
  /** Path of names, from the request down: `Tags[0].Key`. */
  path: z.string(),
  kind: z.enum(["required", "enum", "pattern", "length", "range", "type"]),
  value: z.unknown(),
  /** What the member must do, in AWS's words. */
  constraint: z.string(),
});

export type Violation = z.infer<typeof violation>;

const requestModel = z.object({
  /** botocore's name of the service, such as `elbv2`. */
  service: z.string(),
  operation: z.string(),
  protocol: z.enum(["ec2", "query", "json", "rest-json", "rest-xml"]),
  /** Error code of the service for a request that does not keep to its model. */
  code: z.string(),
  /** By the names of the model. */
  parameters: z.record(z.string(), z.unknown()),
  violations: z.array(violation),
});

/** What a request calls, and where it does not keep to the model that AWS publishes of the service. */
export type RequestModel = z.infer<typeof requestModel>;

const answerSchema = z.union([z.object({ known: z.literal(false) }), requestModel]);

/**
 * Holds a request against AWS's own model of the service that it is signed for.
 *
 * @returns undefined when no model has such an operation
 * @throws Error when moto's process does not answer
 */
export async function requestModelOf(moto: MotoClient, call: Call): Promise<RequestModel | undefined> {
  const query = call.query.toString();
  const question = {
    service: call.scope.service,
    method: call.method,
    url: query === "" ? call.path : `${call.path}?${query}`,
    headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, String(value)])),
    body: call.body.toString("base64"),
  };
  const answer = await moto.send({
    method: "POST",
    url: path,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(question)),
  });
  if (answer.status !== 200) {
    throw new Error(`the model of ${call.scope.service} could not be asked: ${answer.status} (see moto.log)`);
  }
  const found = answerSchema.parse(JSON.parse(answer.body.toString("utf8")));
  return "known" in found ? undefined : found;
}
