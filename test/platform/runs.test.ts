import { describe, expect, it } from "vitest";
import { EnvironmentError } from "../../modules/schema/problem";
import type { EnvironmentInput } from "../../platform/environment";
import { checkEnvironments } from "../../platform/load";
import { cloudEnvironment } from "../support/cloud";
import { minimal } from "../support/minimal";
import { today } from "./fixtures";

const file = (value: EnvironmentInput) => ({ file: `environments/${value.name}.ts`, name: value.name, value });

/** What checking several environments together prints; empty where they pass. */
function reported(...environments: readonly EnvironmentInput[]): string {
  try {
    checkEnvironments(environments.map(file), today);
    return "";
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}

describe("environments of one organization", () => {
  it("agree on the host that the organization is on", () => {
    const enterprise = cloudEnvironment("books", { hostname: "terraform.example.com" });
    expect(reported(cloudEnvironment("shop"), enterprise)).toContain(
      "environments/books.ts: state.hostname\n" +
        '  is:   "terraform.example.com"\n' +
        "  why:  environments/shop.ts has the organization example on app.terraform.io,",
    );
  });

  it("agree on who makes the identity provider of an account", () => {
    const existing = cloudEnvironment("books", { credentials: { kind: "dynamic", oidcProvider: "existing" } });
    expect(reported(cloudEnvironment("shop"), existing)).toContain("environments/books.ts: state.credentials\n");
    expect(reported(existing, { ...existing, name: "shop" })).toBe("");
  });

  it("share a host, an account and its identity provider", () => {
    expect(reported(cloudEnvironment("shop"), cloudEnvironment("books"))).toBe("");
  });
});

describe("a plan of production", () => {
  it.each(["prod", "eu-prod", "production-2"])("is never applied unconfirmed: %s", (name) => {
    expect(reported(cloudEnvironment(name, { autoApply: true }))).toContain(`environments/${name}.ts: state.autoApply`);
  });

  it.each(["dev", "product"])("is none of another environment's: %s", (name) => {
    expect(reported(cloudEnvironment(name, { autoApply: true }))).toBe("");
  });
});

describe("what runs reach", () => {
  const open = (environment: EnvironmentInput): EnvironmentInput => ({
    ...environment,
    cluster: { ...environment.cluster, endpoint: { kind: "public-and-private", cidrs: ["203.0.113.0/24"] } },
  });
  const warnings = (environment: EnvironmentInput) =>
    checkEnvironments([file(environment)], today).warnings.map(({ message }) => message);

  it("is a public endpoint from addresses that nobody knows, which is said", () => {
    const remote = open(cloudEnvironment("shop", { runs: { kind: "remote" } }));
    expect(warnings(remote)).toEqual([expect.stringContaining("come from addresses that HashiCorp does not publish")]);
    expect(warnings(open(cloudEnvironment("shop")))).toEqual([]);
  });

  it("is a private endpoint where Terraform Enterprise is your own", () => {
    const own = cloudEnvironment("shop", { runs: { kind: "remote" }, hostname: "terraform.example.com" });
    expect(reported(own)).toBe("");
  });

  it("includes the AWS CLI of agents that have one, and of the machine that a local run is on", () => {
    const exec = (state: EnvironmentInput["state"]): EnvironmentInput => ({ ...minimal("shop"), state });
    const cloud = { kind: "cloud", organization: "example" } as const;
    expect(reported(exec({ ...cloud, runs: { kind: "local" } }))).toBe("");
    expect(reported(exec({ ...cloud, runs: { kind: "agent", pool: "apool-1", awsCli: true } }))).toBe("");
    expect(reported(exec({ ...cloud, runs: { kind: "agent", pool: "apool-1" } }))).toContain("cluster.credentials");
  });
});
