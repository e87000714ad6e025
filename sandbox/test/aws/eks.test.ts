import { describe, expect, it } from "vitest";
import { addonNamed, checkAddonVersion, defaultAddonVersion } from "../../src/aws/eks/addon-catalogue";
import { mergeLogging, noLogging } from "../../src/aws/eks/logging";
import { page } from "../../src/aws/eks/page";
import { routes } from "../../src/aws/eks/routes";
import { checkOffered, checkUpgrade } from "../../src/aws/eks/versions";
import { principalOf } from "../../src/aws/iam/client";
import { expired } from "../../src/aws/sts/extension";

describe("Kubernetes versions", () => {
  it("go up one minor version at a time", () => {
    expect(() => checkUpgrade("1.34", "1.35")).not.toThrow();
    expect(() => checkUpgrade("1.34", "1.36")).toThrow("Unsupported Kubernetes minor version update from 1.34 to 1.36");
    expect(() => checkUpgrade("1.35", "1.34")).toThrow("Unsupported Kubernetes minor version update");
    expect(() => checkUpgrade("1.35", "1.35")).toThrow("already at version");
  });

  it("are those that EKS offers", () => {
    expect(() => checkOffered("1.29")).toThrow("unsupported Kubernetes version 1.29");
  });
});

describe("add-on versions", () => {
  it("of kube-proxy follow the cluster's own version", () => {
    const proxy = addonNamed("kube-proxy");
    expect(defaultAddonVersion(proxy, "1.35")).toMatch(/^v1\.35\.\d+-eksbuild\.\d+$/);
    expect(() => checkAddonVersion(proxy, "v1.34.0-eksbuild.1", "1.35")).toThrow("not supported");
  });

  it("have the form of an EKS build", () => {
    expect(() => checkAddonVersion(addonNamed("vpc-cni"), "1.22.4", "1.35")).toThrow("not supported");
    expect(() => checkAddonVersion(addonNamed("vpc-cni"), "v1.99.0-eksbuild.3", "1.35")).not.toThrow();
  });

  it("belong to an add-on that EKS has", () => {
    expect(() => addonNamed("ingress-nginx")).toThrow("Addon ingress-nginx specified is not supported");
  });
});

describe("control plane logging", () => {
  it("changes the types that are named and leaves the others", () => {
    const before = mergeLogging(noLogging, [{ types: ["api", "audit"], enabled: true }]);
    expect(mergeLogging(before, [{ types: ["api"], enabled: false }])).toEqual([
      { types: ["audit"], enabled: true },
      { types: ["api", "authenticator", "controllerManager", "scheduler"], enabled: false },
    ]);
  });
});

describe("a list of EKS", () => {
  it("comes in pages that join to the whole", () => {
    const all = ["a", "b", "c"];
    expect(page("names", all, new URLSearchParams({ maxResults: "2" }))).toEqual({ names: ["a", "b"], nextToken: "2" });
    expect(page("names", all, new URLSearchParams({ maxResults: "2", nextToken: "2" }))).toEqual({ names: ["c"] });
  });
});

describe("the routes of the EKS API", () => {
  it.each([
    ["GET", "/clusters/seeds/access-entries/arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fadmin"],
    ["GET", "/tags/arn:aws:eks:us-west-2:1:cluster/seeds"],
  ])("take an ARN as a segment: %s %s", (method, path) => {
    expect(routes.filter((route) => route.method === method && route.path.test(path))).toHaveLength(1);
  });

  it("never fit one request twice", () => {
    const sample = "/clusters/a/node-groups/b/update-config";
    expect(routes.filter((route) => route.method === "POST" && route.path.test(sample))).toHaveLength(1);
  });
});

describe("the principal behind a caller", () => {
  it("is the role of a session and the user itself", () => {
    expect(principalOf("arn:aws:sts::111122223333:assumed-role/admin/alice")).toBe(
      "arn:aws:iam::111122223333:role/admin",
    );
    expect(principalOf("arn:aws:iam::111122223333:user/dev")).toBe("arn:aws:iam::111122223333:user/dev");
  });
});

describe("a presigned URL", () => {
  const query = new URLSearchParams({ "X-Amz-Date": "20260101T120000Z", "X-Amz-Expires": "60" });

  it("counts for fifteen minutes, as long as EKS takes a token", () => {
    expect(expired(query, new Date("2026-01-01T12:14:59Z"))).toBe(false);
    expect(expired(query, new Date("2026-01-01T12:15:01Z"))).toBe(true);
  });

  it("without a date never counts", () => {
    expect(expired(new URLSearchParams(), new Date(0))).toBe(true);
  });
});
