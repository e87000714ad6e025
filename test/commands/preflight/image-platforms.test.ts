import { createServer, type Server } from "node:http";
import { ECRClient } from "@aws-sdk/client-ecr";
import { afterEach, describe, expect, it } from "vitest";
import { imageIdOf, imagePlatforms } from "../../../commands/preflight/aws/image-platforms";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** What is known of an image in a registry that holds one manifest, and one configuration behind it. */
async function platformsOf(manifest: unknown, configuration: unknown = {}): Promise<readonly string[] | undefined> {
  const registry = createServer((request, response) => {
    const { port } = Object(registry.address());
    const target = String(request.headers["x-amz-target"]).split(".").at(-1);
    const answers: Readonly<Record<string, unknown>> = {
      BatchGetImage: { images: [{ imageManifest: JSON.stringify(manifest) }] },
      GetDownloadUrlForLayer: { downloadUrl: `http://127.0.0.1:${port}/configuration` },
    };
    response.end(JSON.stringify(answers[target ?? ""] ?? configuration));
  });
  server = registry;
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const client = new ECRClient({
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${Object(registry.address()).port}`,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  return imagePlatforms(client, "shop", imageIdOf("1.0.0"));
}

describe("what an image runs on", () => {
  it("stands in its index, where a provenance beside it is none", async () => {
    const manifests = [
      { platform: { os: "linux", architecture: "arm64" } },
      { platform: { os: "linux", architecture: "amd64" } },
      { platform: { os: "unknown", architecture: "unknown" } },
    ];
    expect(await platformsOf({ manifests })).toEqual(["linux/amd64", "linux/arm64"]);
  });

  it("stands in the configuration of one that has no index", async () => {
    const image = { config: { digest: "sha256:1" }, layers: [] };
    expect(await platformsOf(image, { os: "linux", architecture: "arm64" })).toEqual(["linux/arm64"]);
  });

  it.each([
    ["an empty configuration", { config: { digest: "sha256:1" } }],
    ["an index without platforms", { manifests: [{}] }],
    ["no manifest that is known", "an artifact"],
  ])("is not known of %s", async (_, manifest) => {
    expect(await platformsOf(manifest)).toBeUndefined();
  });
});

it("a version is a tag unless it is a digest", () => {
  expect(imageIdOf("1.0.0")).toEqual({ imageTag: "1.0.0" });
  expect(imageIdOf("sha256:12")).toEqual({ imageDigest: "sha256:12" });
});
