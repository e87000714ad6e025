import { z } from "zod";
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
    /** AWS App Mesh, ended on 2026-09-30. */
    appMesh: acknowledgement.optional(),
    /** Emissary-ingress, whose Envoy is supported until 2027-01-13. */
    emissary: acknowledgement.optional(),
    /** ingress-nginx, retired in 2026-03. */
    ingressNginx: acknowledgement.optional(),
  } satisfies Record<EndingComponent, z.ZodType>)
  .prefault({});
