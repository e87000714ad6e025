import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import type { components } from "./components";

type Components = typeof components;

type Ending = { readonly kind: "ended" } | { readonly until: string };

/** Components that are no longer maintained, or only until a day that is known. */
export type EndingComponent = {
  [Name in keyof Components]: Components[Name]["support"] extends Ending ? Name : never;
}[keyof Components];

const acknowledgement = z
  .string()
  .regex(/^\d{4}-\d{2}(-\d{2})?$/, "the date of the end, as npm run lifecycle prints it")
  .register(examples, { example: "2026-09-30" });

export const acknowledgementsSchema = z
  .strictObject({
    appMesh: described(
      "AWS App Mesh, ended on 2026-09-30: AWS makes no mesh any more, so its stacks can be synthesized and not applied. " +
        "Default: not kept.",
      acknowledgement.optional(),
    ),
    emissary: described(
      "Emissary-ingress, whose Envoy is supported until 2027-01-13. Default: not kept.",
      acknowledgement.optional(),
    ),
    ingressNginx: described(
      "The community's ingress-nginx, retired in 2026-03. Default: not kept.",
      acknowledgement.optional(),
    ),
  } satisfies Record<EndingComponent, z.ZodType>)
  .prefault({});
