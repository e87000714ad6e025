import { type Answer, type Call, withBody } from "./exchange";
import { escapeXml } from "./xml";

/** The parameters of a call to a service with AWS's query protocol: EC2, ELB, IAM, STS. */
export function parametersOf(call: Call): URLSearchParams {
  return call.method === "POST" ? new URLSearchParams(call.body.toString("utf8")) : call.query;
}

/**
 * The values of a list parameter, in order: `Filter.1.Name`, `Filter.2.Name` for the list `Filter` and the field `Name`.
 *
 * @param field the field of each item; undefined when the items are plain values
 */
export function listParameter(parameters: URLSearchParams, list: string, field?: string): readonly string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = parameters.get(field === undefined ? `${list}.${index}` : `${list}.${index}.${field}`);
    if (value === null) {
      return values;
    }
    values.push(value);
  }
}

/** An error in the shape of EC2. */
export function ec2Error(code: string, message: string, status = 400): Answer {
  return xmlAnswer(
    status,
    `<Response><Errors><Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></Errors>` +
      "<RequestID>sandbox</RequestID></Response>",
  );
}

/** An error in the shape of S3. */
export function s3Error(code: string, message: string, status: number): Answer {
  return xmlAnswer(
    status,
    `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message><RequestId>sandbox</RequestId></Error>`,
  );
}

/** An error in the shape of the other services with the query protocol. */
export function queryError(code: string, message: string, status = 400): Answer {
  return xmlAnswer(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>` +
      "<RequestId>sandbox</RequestId></ErrorResponse>",
  );
}

/** The same answer with its XML changed. */
export function withXml(answer: Answer, change: (xml: string) => string): Answer {
  return withBody(answer, change(answer.body.toString("utf8")));
}

/** An answer in XML. */
export function xmlAnswer(status: number, xml: string): Answer {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(`<?xml version="1.0"?>${xml}`) };
}
