import { describe, expect, it } from "vitest";
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
