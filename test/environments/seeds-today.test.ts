import { describe, expect, it } from "vitest";
import seeds from "../../examples/seeds";
import seedsToday from "../../examples/seeds-today";
import { components } from "../../modules/lifecycle/components";
import { controllerComponents, controllerNames } from "../../platform/install-controllers";
import { checked, stacksOf } from "../support/environments";

const doorsOf = (name: string) => Object.keys(Object(stacksOf(name).apps.output["doors"]?.value)).sort();

describe("the seeds of today", () => {
  it("have every door of the published ones, the mesh's by the name of its kind", () => {
    expect(doorsOf("seeds-today")).toEqual(
      doorsOf("seeds")
        .map((door) => door.replace(/^mesh\/app-mesh\//, "mesh/lattice/"))
        .sort(),
    );
  });

  it("run the same workloads from the same images, calling each other the same way", () => {
    const images = ({ workloads = {} }: typeof seeds) =>
      Object.entries(workloads).map(([name, { image, port }]) => ({ name, image, port }));
    expect(images(seedsToday)).toEqual(images(seeds));
    const { kind, ...today } = seedsToday.mesh ?? {};
    expect(kind).toBe("lattice");
    expect(today).toEqual({ ...seeds.mesh, kind: undefined, authorization: expect.objectContaining({ kind: "NONE" }) });
  });

  it("keep nothing that has ended, and acknowledge no end", () => {
    expect(seedsToday).not.toHaveProperty("acknowledgeEndOfLife");
    const { controllers } = checked(seedsToday);
    const used = controllerNames(controllers).flatMap((name) => controllerComponents(name, controllers));
    expect(used.filter((name) => components[name].support.kind === "ended")).toEqual([]);
  });

  it("get to AWS by Pod Identity alone", () => {
    const { identity, controllers } = stacksOf("seeds-today");
    expect(identity.resource["aws_iam_openid_connect_provider"]).toBeUndefined();
    expect(Object.keys(identity.resource["aws_eks_pod_identity_association"] ?? {})).toContain(
      "workload_book_association",
    );
    expect(Object.keys(controllers.resource["helm_release"] ?? {})).not.toContain("kube2iam");
  });
});
