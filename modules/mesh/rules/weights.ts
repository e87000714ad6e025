import type { Problem } from "../../schema/problem";
import { at, type MeshRule } from "./rule";

/** Source: App Mesh API, WeightedTargets, and VPC Lattice API, WeightedTargetGroupList. */
const versionLimit = 10;

export const versionsCountable: MeshRule = ({ mesh }) =>
  Object.entries(mesh.services)
    .filter(([, { versions }]) => versions.length > versionLimit)
    .map(([name, { versions }]) => ({
      path: at("services", name, "versions"),
      value: `${versions.length} versions`,
      rule: `a route shares requests among ${versionLimit} targets at most, with App Mesh and with VPC Lattice`,
      remedy: "take versions out, or make a second service of some",
    }));

export const somebodyAnswers: MeshRule = ({ mesh }) =>
  Object.entries(mesh.services)
    .filter(([, { versions }]) => versions.every(({ weight }) => weight === 0))
    .map(([name, { versions }]) => ({
      path: at("services", name, "versions"),
      value: versions.map(({ weight }) => weight),
      rule: "every weight is 0, so no version gets a request and every call fails",
      remedy: "give one version or more a weight above 0",
    }));

/** Source: App Mesh API, WeightedTarget: "The total weight for all targets combined must be less than or equal to 100." */
const appMeshTotal = 100;

/** Source: VPC Lattice API, WeightedTargetGroup. ALB has the same limit. */
const latticeWeight = 999;

export const weightsWithinLimits: MeshRule = ({ mesh }) =>
  Object.entries(mesh.services).flatMap(([name, { versions }]): readonly Problem[] => {
    if (mesh.kind === "lattice") {
      return versions.flatMap(({ weight }, index) =>
        weight <= latticeWeight
          ? []
          : [
              {
                path: at("services", name, "versions", index, "weight"),
                value: weight,
                rule: `VPC Lattice takes weights from 0 to ${latticeWeight}`,
                remedy: "write smaller numbers in the same proportion",
              },
            ],
      );
    }
    const total = versions.reduce((sum, { weight }) => sum + weight, 0);
    if (total <= appMeshTotal) return [];
    return [
      {
        path: at("services", name, "versions"),
        value: versions.map(({ weight }) => weight),
        rule: `the weights come to ${total}, and App Mesh takes ${appMeshTotal} at most for all of them`,
        remedy: `write them as shares of ${appMeshTotal}, such as 90 and 10`,
      },
    ];
  });
