import type { z } from "zod";

type Code =
  | "InvalidParameterException"
  | "InvalidRequestException"
  | "ResourceInUseException"
  | "ResourceNotFoundException"
  | "UnknownOperationException"
  | "UnsupportedAvailabilityZoneException";

const statuses: Readonly<Record<Code, number>> = {
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  ResourceInUseException: 409,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  UnsupportedAvailabilityZoneException: 400,
};

/** An error in the terms of the EKS API. */
export class EksError extends Error {
  readonly status: number;

  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(message);
    this.status = statuses[code];
  }
}

/**
 * Reads a request's document.
 *
 * @throws EksError InvalidParameterException when a field is missing or of the wrong type
 */
export function parse<Schema extends z.ZodType>(schema: Schema, document: unknown): z.output<Schema> {
  const result = schema.safeParse(document);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new EksError("InvalidParameterException", problems.join("; "));
  }
  return result.data;
}

/** What a lookup found. */
export function found<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) {
    throw new EksError("ResourceNotFoundException", what);
  }
  return row;
}
