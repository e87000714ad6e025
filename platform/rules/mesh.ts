import { meshRules } from "../../modules/mesh/rules/rules";
import type { Environment } from "../environment";
import type { Rule } from "./rule";

/** What the schema alone cannot see of a mesh, its members and its gateway. */
export const meshProblems: Rule = (environment, context) => {
  const { mesh } = environment;
  return mesh === undefined ? [] : meshRules.flatMap((rule) => rule({ ...environment, mesh }, context));
};

/** What is asked of a mesh and nobody there enforces. */
export function egressLeftOpen({ mesh }: Environment): readonly string[] {
  if (mesh?.kind !== "lattice" || mesh.egress !== "DROP_ALL") return [];
  return [
    'mesh.egress is "DROP_ALL", and VPC Lattice stands in nobody\'s way: its members call what the network lets them. Network policies can hold them back.',
  ];
}
