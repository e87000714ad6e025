import { z } from "zod";
import { described } from "../../schema/descriptions";
import { dnsLabel, path } from "../../schema/primitives";

/** Workloads that Emissary asks about each call. */
export const externalAuthSchema = described(
  "A workload that Emissary asks of every call whether it may go on; while it is away, or takes too long, nobody may. " +
    "Default: nobody is asked.",
  z.strictObject({
    workload: described("Name of the workload, which answers at its Service's port.", dnsLabel),
    protocol: described(
      "How it is asked: by Envoy's own gRPC service, or by an HTTP request with the path and headers of the call.",
      z.enum(["grpc", "http"]).default("grpc"),
    ),
    pathPrefix: described("With `http`: what goes before the path of the call. Default: nothing.", path.optional()),
    requestHeaders: described(
      "With `http`: headers of the call that it gets beside those that Emissary always hands on, such as `Authorization`.",
      z.array(z.string().min(1)).default([]),
    ),
    answerHeaders: described(
      "With `http`: headers of its answer that the workload behind the route gets.",
      z.array(z.string().min(1)).default([]),
    ),
    timeoutMilliseconds: described("How long it may take, in milliseconds.", z.number().int().min(1).default(5000)),
  }),
);

export const rateLimitSchema = described(
  "A workload that counts calls by Envoy's rate limit service, version 3, over gRPC: by the name of the Mapping and the " +
    "caller's address, in the domain `ambassador`. Default: nobody counts.",
  z.strictObject({
    workload: described("Name of the workload, which answers at its Service's port.", dnsLabel),
    whenAway: described(
      "What becomes of calls while it is away: `deny` refuses them, `allow` lets all of them through uncounted.",
      z.enum(["deny", "allow"]).default("deny"),
    ),
    timeoutMilliseconds: described("How long it may take, in milliseconds.", z.number().int().min(1).default(20)),
  }),
);

export type ExternalAuth = z.output<typeof externalAuthSchema>;
export type RateLimit = z.output<typeof rateLimitSchema>;
