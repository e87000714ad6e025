import { type ARN, parse } from "@aws-sdk/util-arn-parser";

/** Parts of an ARN; `region` and `accountId` are empty where the service has none, as IAM and S3 do. */
export type Arn = Readonly<ARN>;

/**
 * An ARN by its parts.
 *
 * @param text an ARN, as the schema `arn` takes it.
 * @throws Error where the text is none.
 */
export function parseArn(text: string): Arn {
  return parse(text);
}
