import { z } from "zod";
import { terraformRecordSchema } from "../../dns/record";
import { routeCanary, routeMatch } from "../../door/depth-schema";
import { described } from "../../schema/descriptions";
import { releaseNameLimit } from "../../schema/limited-name";
import { dnsLabel, hostname, path, reason } from "../../schema/primitives";

export const releasePrefix = "mapping-";

/** Longest name of a Mapping, whose Helm release has the prefix before it. */
export const nameLimit = releaseNameLimit - releasePrefix.length;

export const ambassadorRouteSchema = z.strictObject({
  kind: z.literal("ambassador"),
  name: described(
    "Name of the Mapping, at most 45 characters. Default: the workload's name.",
    dnsLabel
      .max(
        nameLimit,
        `a Mapping's name has at most ${nameLimit} characters, for its Helm release ${releasePrefix}<name> has at most ${releaseNameLimit}`,
      )
      .optional(),
  ),
  host: described("Host that the route answers for; `*` is every host.", hostname.default("*")),
  prefix: described("Paths that begin with it are routed.", path.default("/")),
  rewrite: described(
    "What replaces the prefix on the way to the workload; empty keeps the path.",
    z.string().default(""),
  ),
  timeoutMilliseconds: described(
    "In milliseconds, for the whole answer. The default is Emissary's own.",
    z.number().int().min(1).default(3000),
  ),
  match: routeMatch().optional(),
  canary: routeCanary().optional(),
  grpc: described("Whether callers and pods speak gRPC.", z.boolean().default(false)),
  webSockets: described("Whether callers may turn a connection into a WebSocket.", z.boolean().default(false)),
  bypassAuth: described(
    "Why calls of this route are asked nothing by `externalAuth` of Emissary. Default: they are.",
    z.strictObject({ reason }).optional(),
  ),
  dns: described("Who makes the DNS record of the host. ExternalDNS does not read Mappings.", terraformRecordSchema),
});

export type AmbassadorRoute = z.output<typeof ambassadorRouteSchema>;
