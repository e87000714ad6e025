import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, port } from "../schema/primitives";
import { limitsWithoutCpu, requests } from "../schema/resources";
import { program } from "./container-schema";

const fields = {
  ...program,
  resources: described(
    "CPU and memory of it in each pod.",
    z.strictObject({ requests: requests("50m", "64Mi"), limits: limitsWithoutCpu("128Mi") }).prefault({}),
  ),
};

/** Containers beside a workload's own; all of them have its security and its directories. */
export const initContainers = described(
  "Containers that run to their end before the workload's own starts, in this order, by name. They have its security, " +
    "its ConfigMaps, its temporary directories and its volumes.",
  z.record(dnsLabel, z.strictObject(fields)).default({}),
);

export const sidecars = described(
  "Containers beside the workload's own, by name: they start and end with it. They have its security, its ConfigMaps, its " +
    "temporary directories and its volumes.",
  z
    .record(
      dnsLabel,
      z.strictObject({ ...fields, port: described("Port it listens on. Default: none.", port.optional()) }),
    )
    .default({}),
);

export const morePorts = described(
  "Ports of the workload's own container beside `port`, by name, each a port of the Service too. Routes go to `port`.",
  z
    .record(
      z
        .string()
        .regex(
          /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
          "a port's name has lower-case letters, digits and hyphens, at most 15",
        )
        .register(examples, { example: "metrics" }),
      z.strictObject({
        port: described("Port the container listens on.", port),
        servicePort: described("Port of the Service. Default: the same.", port.optional()),
        protocol: described("Protocol of the port.", z.enum(["TCP", "UDP"]).default("TCP")),
      }),
    )
    .default({}),
);

export type MoreContainer = z.output<typeof sidecars>[string];
