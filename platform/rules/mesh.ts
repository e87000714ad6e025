import { meshRules } from "../../modules/mesh/rules/rules";
import { clashes } from "../../modules/schema/clashes";
import type { FileProblem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import type { ParsedFile, Rule } from "./rule";

/** What the schema alone cannot see of a mesh, its members and its gateway. */
export const meshProblems: Rule = (environment, context) => {
  const { mesh } = environment;
  return mesh === undefined ? [] : meshRules.flatMap((rule) => rule({ ...environment, mesh }, context));
};

/** The name of a mesh or service network counts in an account and region. */
export function meshesUnique(files: readonly ParsedFile[]): readonly FileProblem[] {
  return clashes(
    files,
    ({ environment: { aws, mesh } }) =>
      mesh === undefined ? undefined : `${mesh.kind} ${mesh.name} ${aws.accountId} ${aws.region}`,
    ({ file, environment: { aws, mesh } }, first) => ({
      file,
      problem: {
        path: "mesh.name",
        value: mesh?.name,
        rule: `${first.file} has a mesh of this name too, and the account ${aws.accountId} in ${aws.region} holds one of a name`,
        remedy: "give one of them another name",
      },
    }),
  );
}

/** What is asked of a mesh and nobody there enforces. */
export function egressLeftOpen({ mesh }: Environment): readonly string[] {
  if (mesh?.kind !== "lattice" || mesh.egress !== "DROP_ALL") return [];
  return [
    'mesh.egress is "DROP_ALL", and VPC Lattice stands in nobody\'s way: its members call what the network lets them. Network policies can hold them back.',
  ];
}
