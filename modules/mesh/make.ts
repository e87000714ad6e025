import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { makeAppMesh } from "./app-mesh";
import { makeLattice } from "./lattice";
import type { MadeMesh, MeshProps } from "./made-mesh";

/** Makes a mesh of its kind, in a scope of its own. */
export function makeMesh(scope: Construct, props: MeshProps): MadeMesh {
  const { kind } = props.mesh;
  switch (kind) {
    case "app-mesh":
      return makeAppMesh(scope, props);
    case "lattice":
      return makeLattice(scope, props);
    default:
      return assertNever("kind of mesh", kind);
  }
}
