import { describe, expect, it } from "vitest";
import { synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";

describe("the apps stack", () => {
  it.each(["aws", "cluster", "mesh", "namespaces", "workload", "kubernetes"])(
    "takes a workload called %s: no name meets one of the stack's own",
    (name) => {
      const { apps } = synthStacks({
        ...minimal(),
        workloads: {
          [name]: { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, routes: [{ kind: "alb" }] },
        },
      });
      expect(Object.keys(apps.resource["kubernetes_deployment_v1"] ?? {})).toEqual([`workload_${name}_deployment`]);
      expect(Object.keys(Object(apps.output["doors"]?.value))).toEqual([`${name}/alb/${name}`]);
    },
  );
});
