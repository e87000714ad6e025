import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { pushImages } from "../../src/images/pipeline";
import { Repositories } from "../../src/images/repositories";

describe("an image reference", () => {
  const repositories = new Repositories("http://127.0.0.1:1", "eu-west-1", "123456789012");

  it.each([
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.0.0",
      { repository: "shop", reference: { imageTag: "1.0.0" } },
    ],
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/teams/shop",
      { repository: "teams/shop", reference: { imageTag: "latest" } },
    ],
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:ab",
      { repository: "shop", reference: { imageDigest: "sha256:ab" } },
    ],
  ])("%s is of the account's own registry", (image, expected) => {
    expect(repositories.own(image)).toEqual(expected);
  });

  it.each(["nginx", "public.ecr.aws/docker/library/nginx:1", "999999999999.dkr.ecr.eu-west-1.amazonaws.com/shop:1"])(
    "%s is of another one",
    (image) => {
      expect(repositories.own(image)).toBeUndefined();
    },
  );
});

describe("the pipeline", () => {
  /** A registry whose repository may be missing, with what is in it. */
  class Registry {
    images: Set<string> | undefined;
    readonly pushes: string[] = [];
    looks = 0;

    async holds({ reference }: { readonly reference: object }): Promise<boolean | undefined> {
      this.looks += 1;
      return this.images?.has(Object.values(reference).join());
    }

    async push(repository: string, tag: string): Promise<void> {
      this.pushes.push(`${repository}:${tag}`);
      this.images?.add(tag);
    }

    /** Waits until it has been looked at twice more, so that whatever follows from now on has happened. */
    async seen(): Promise<void> {
      for (const wanted = this.looks + 2; this.looks < wanted; ) {
        await sleep(20);
      }
    }
  }

  it("pushes once there is a repository, leaves out what somebody took out, and pushes to a new repository again", async () => {
    const registry = new Registry();
    const errors: unknown[] = [];
    const pipeline = pushImages({ repositories: registry, images: ["shop:1.0.0"], onError: (e) => errors.push(e) });
    await registry.seen();
    expect(registry.pushes).toEqual([]);
    registry.images = new Set();
    await registry.seen();
    expect(registry.pushes).toEqual(["shop:1.0.0"]);
    registry.images.clear();
    await registry.seen();
    expect(registry.pushes).toEqual(["shop:1.0.0"]);
    registry.images = undefined;
    await registry.seen();
    registry.images = new Set();
    await registry.seen();
    expect(registry.pushes).toEqual(["shop:1.0.0", "shop:1.0.0"]);
    await pipeline.stop();
    expect(errors).toEqual([]);
  });
});
