import { dnsLabel } from "../schema/primitives";

/** Name of a Service. Source: Kubernetes API, "RFC 1035 label names"; versions before 1.36 refuse a digit in front. */
export const serviceName = dnsLabel.regex(/^[a-z]/, "a Service's name begins with a letter");
