import { clashes } from "../../schema/clashes";
import type { Problem } from "../../schema/problem";
import { at, type Declared } from "./rule";

/** Terraform moves a thing from where it was to one place, and from nowhere that is still taken. */
export function renamedFromNobodyElse({ workloads }: Declared): readonly Problem[] {
  const renamed = Object.entries(workloads).flatMap(([name, { renamedFrom }]) =>
    renamedFrom === undefined ? [] : [{ name, renamedFrom }],
  );
  const taken = renamed
    .filter(({ renamedFrom }) => workloads[renamedFrom] !== undefined)
    .map(({ name, renamedFrom }) => ({
      path: at(name, "renamedFrom"),
      value: renamedFrom,
      rule: "a workload of this name is still there, and what it is made of stays with it",
      remedy: "write the name that the workload had before, or take the line out",
    }));
  const twice = clashes(
    renamed,
    ({ renamedFrom }) => renamedFrom,
    ({ name, renamedFrom }, first) => ({
      path: at(name, "renamedFrom"),
      value: renamedFrom,
      rule: `\`${at(first.name, "renamedFrom")}\` says so too, and one workload became one`,
      remedy: "keep the line in one of them",
    }),
  );
  return [...taken, ...twice];
}
