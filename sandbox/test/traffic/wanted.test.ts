import { describe, expect, it } from "vitest";
import type { SynthesizedStack } from "../../src/synthesized";
import { wantedImages } from "../../src/traffic/images/wanted";
import { stackOf } from "../fixtures";

const deployment = (container: Readonly<Record<string, unknown>>) => ({
  spec: { template: { spec: { container: [container] } } },
});

function withResources(id: string, json: Partial<SynthesizedStack["json"]>): SynthesizedStack {
  const stack = stackOf(id);
  return { ...stack, json: { ...stack.json, ...json } };
}

const cluster = withResources("dev-cluster", {
  resource: { aws_ecr_repository: { registry_shop: { name: "team/shop" } } },
  output: { repository_urls: { value: { shop: "${aws_ecr_repository.registry_shop.repository_url}" } } },
});

const imagesOf = (...containers: readonly Readonly<Record<string, unknown>>[]) =>
  wantedImages([
    cluster,
    withResources("dev-apps", {
      resource: {
        kubernetes_deployment_v1: Object.fromEntries(containers.map((each, index) => [`d${index}`, deployment(each)])),
      },
    }),
  ]);

const own = "${data.terraform_remote_state.cluster.outputs.repository_urls.shop}:1.0.0";

describe("the images of an environment", () => {
  it("are those of its own repositories, by their names, with the port of their pods", () => {
    expect(imagesOf({ image: own, port: [{ container_port: 5001 }] })).toEqual([
      { kind: "own", repository: "team/shop", tag: "1.0.0", port: 5001, starts: "its own" },
    ]);
  });

  it("hold the program that their pods start", () => {
    expect(imagesOf({ image: own, command: ["/bin/sh", "-c"], args: ["gunicorn app:app"] })).toMatchObject([
      { starts: "gunicorn" },
    ]);
  });

  it("are those of others by their whole names, each once", () => {
    expect(imagesOf({ image: "nginx:1" }, { image: "nginx:1" })).toEqual([{ kind: "public", reference: "nginx:1" }]);
  });
});
