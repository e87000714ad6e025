import { described } from "../schema/descriptions";
import { dnsLabel } from "../schema/primitives";

export const serviceName = described(
  'Name of a Service. Source: Kubernetes API, "RFC 1035 label names"; versions before 1.36 refuse a digit in front.',
  dnsLabel.regex(/^[a-z]/, "a Service's name begins with a letter"),
);
