import { describe, expect, test } from "vitest";
import { workloadSchema } from "../../../modules/workloads/schema";
import { containerOf, synthWorkload } from "./synth-workload";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const registry = "123456789012.dkr.ecr.us-west-2.amazonaws.com";

describe("image", () => {
  test.each([
    [{ repository: "shop", tag: "1.4.0" }, `${registry}/shop:1.4.0`],
    [{ repository: "shop", digest }, `${registry}/shop@${digest}`],
    [{ name: "public.ecr.aws/nginx/nginx", tag: "1.29.3" }, "public.ecr.aws/nginx/nginx:1.29.3"],
    [{ name: "nginx", digest }, `nginx@${digest}`],
  ])("%o is pulled as %s", (image, reference) => {
    expect(containerOf(synthWorkload({ image })).image).toBe(reference);
  });

  test.each(["nginx:1.29.3", `nginx@${digest}`, "https://example.com/nginx", "Nginx", ""])(
    "%o is no name of an image, for tag and digest have fields of their own",
    (name) => {
      const result = workloadSchema.safeParse({ image: { name, tag: "1" }, port: 80 });
      expect(result.success).toBe(false);
    },
  );

  test.each(["nginx", "library/nginx", "localhost:5000/team/nginx", "ghcr.io/emissary-ingress/emissary", "a__b/c-d.e"])(
    "%s is the name of an image",
    (name) => {
      expect(containerOf(synthWorkload({ image: { name, tag: "1" } })).image).toBe(`${name}:1`);
    },
  );
});
