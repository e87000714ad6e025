import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { cpu, memory } from "../schema/primitives";

const resources = z
  .strictObject({
    cpu: described("CPU. Default: none is set.", cpu.optional()),
    memory: described("Memory. Default: none is set.", memory.optional()),
  })
  .optional();

/** What pods of a namespace may use, together and each. */
export const namespaceQuota = {
  quota: described(
    'What everything in the namespace may use together, as ResourceQuota names it, such as `{ pods: "20", ' +
      '"requests.cpu": "8" }`. Default: no end.',
    z
      .record(
        z
          .string()
          .regex(
            /^[a-z][A-Za-z0-9./-]{1,252}$/,
            "a quota names a resource such as pods, requests.cpu or count/jobs.batch",
          )
          .register(examples, { example: "requests.memory" }),
        z
          .string()
          .regex(/^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, "a quantity looks like 20, 500m or 32Gi")
          .register(examples, { example: "32Gi" }),
      )
      .default({}),
  ),
  containerLimits: described(
    "What each container may use, and has where it says nothing, as a LimitRange. Default: no end.",
    z
      .strictObject({
        default: described("Limits of a container that names none.", resources),
        defaultRequest: described("Requests of a container that names none.", resources),
        max: described("Most that a container may ask for.", resources),
        min: described("Least that a container may ask for.", resources),
      })
      .optional(),
  ),
};
