import { expect, it } from "vitest";
import { components } from "../../../modules/lifecycle/components";
import { signatures } from "../../../modules/lifecycle/signatures";

it("every chart that others publish has a line on its signature, and none of ours has", () => {
  const published = Object.entries(components).filter(([, { repository }]) => /^(https|oci):/.test(repository));
  expect(Object.keys(signatures).sort()).toEqual(published.map(([name]) => name).sort());
});

it("a signature says where that was read, and names its signer whole", () => {
  for (const signature of Object.values(signatures)) {
    expect(signature.source).toMatch(/^https:\/\/\S+$/);
    if (signature.kind === "cosign") expect(signature.identity).toMatch(/^https:\/\/\S+@refs\/heads\/\w+$/);
    if (signature.kind === "helm") expect(signature.keyring).toContain(signature.fingerprint);
  }
});
