import { describe, expect, it } from "vitest";
import { imagesOf } from "../src/images";
import { stackJson } from "../src/synthesized";

const images = (...references: readonly string[]) =>
  imagesOf({
    json: stackJson.parse({
      terraform: {},
      resource: {
        kubernetes_deployment_v1: Object.fromEntries(references.map((image, index) => [`w${index}`, { image }])),
      },
    }),
  });
const outputs = "${data.terraform_remote_state.cluster.outputs.repository_urls";

describe("images that a stack's workloads run", () => {
  it("are those of the cluster stack's repositories, by tag, each once", () => {
    expect(images(`${outputs}.shop}:1.0.0`, `${outputs}.shop}:1.0.0`, `${outputs}["team/shop.web"]}:2`)).toEqual([
      { repository: "shop", tag: "1.0.0" },
      { repository: "team/shop.web", tag: "2" },
    ]);
  });

  it("are nobody's to push where they come from elsewhere or are named by digest", () => {
    expect(images("nginx:1", `${outputs}.shop}@sha256:${"0".repeat(64)}`)).toEqual([]);
  });
});
