import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BlobStore, packImage } from "../../src/traffic/images/image";
import { fullReference, type Registry, startRegistry } from "../../src/traffic/images/registry";

let folder = "";
let store: BlobStore;
let registry: Registry;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "images-"));
  store = new BlobStore(join(folder, "blobs"));
  registry = await startRegistry(join(folder, "registry.sock"), store);
});

afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (path: string) =>
  new Promise<{ readonly status: number | undefined; readonly body: string; readonly digest: unknown }>(
    (resolve, reject) => {
      request({ socketPath: join(folder, "registry.sock"), path }, (response) => {
        const digest = response.headers["docker-content-digest"];
        text(response).then((body) => resolve({ status: response.statusCode, body, digest }), reject);
      })
        .on("error", reject)
        .end();
    },
  );

async function image(name: string, content: string) {
  const root = join(folder, name);
  mkdirSync(root);
  writeFileSync(join(root, "file"), content);
  return packImage(root, { User: "10001", Entrypoint: ["/file"] }, store);
}

describe("an image", () => {
  it("of the same files is the same image", async () => {
    expect((await image("one", "x")).digest).toBe((await image("two", "x")).digest);
    expect((await image("three", "y")).digest).not.toBe((await image("four", "x")).digest);
  });

  it("is pulled by its name, and its parts by their digests", async () => {
    const manifest = await image("shop", "x");
    registry.add("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.0.0", manifest);
    const path = "/v2/shop/manifests/1.0.0?ns=123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 200, digest: manifest.digest });
    const { config, layers } = JSON.parse(answer.body);
    expect(JSON.parse((await ask(`/v2/shop/blobs/${config.digest}`)).body).config.User).toBe("10001");
    expect((await ask(`/v2/shop/blobs/${layers[0].digest}`)).status).toBe(200);
  });

  it("that nobody pushed is not there, and neither is one of another registry", async () => {
    registry.add("nginx:1", await image("nginx", "x"));
    expect((await ask("/v2/library/nginx/manifests/2?ns=docker.io")).status).toBe(404);
    expect((await ask("/v2/library/nginx/manifests/1?ns=quay.io")).status).toBe(404);
    expect((await ask("/v2/library/nginx/manifests/1?ns=docker.io")).status).toBe(200);
  });

  it("without a registry in its name is one of Docker Hub's", () => {
    expect(["nginx:1", "nginxinc/nginx:1", "quay.io/a/b:1"].map(fullReference)).toEqual([
      "docker.io/library/nginx:1",
      "docker.io/nginxinc/nginx:1",
      "quay.io/a/b:1",
    ]);
  });
});
