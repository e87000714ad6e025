import seeds from "../../examples/seeds";
import type { EnvironmentInput } from "../../platform/environment";

type Mesh = NonNullable<EnvironmentInput["mesh"]>;

/** The seeds with their mesh of one kind or the other: the kind is all that differs. */
export function seedsWithMesh(kind: Mesh["kind"]): EnvironmentInput & { readonly mesh: Mesh } {
  if (seeds.mesh === undefined) throw new Error("the seeds have lost their mesh");
  return { ...seeds, mesh: { ...seeds.mesh, kind } };
}
