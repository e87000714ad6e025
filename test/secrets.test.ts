import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stackNames, synthText } from "./support/environments";
import { minimal } from "./support/minimal";
import { secretsIn } from "./support/secrets";

const root = join(__dirname, "..");
const golden = readdirSync(join(root, "test", "golden")).filter((name) => name.endsWith(".json"));
const bytes = "A1b2C3d4E5f6G7h8I9j0".repeat(4);

describe("secrets", () => {
  it.each(golden)("are not in what is reviewed: %s", (name) => {
    expect(secretsIn(readFileSync(join(root, "test", "golden", name), "utf8"))).toEqual([]);
  });

  it("are not in stacks of which every workload takes some: they hold references", () => {
    const text = synthText({
      ...minimal(),
      workloads: {
        shop: {
          image: { name: "nginx", tag: "1.29.3" },
          port: 8080,
          environment: { PASSWORD: { secret: "shop", key: "password" } },
        },
      },
    });
    expect(stackNames.flatMap((name) => secretsIn(text[name]))).toEqual([]);
    expect(text.apps).toContain('"secret_key_ref"');
  });

  it.each([
    ["access key of AWS", `AKIA${"ABCDEFGHIJKLMNOP"}`],
    ["secret key of AWS", `"aws_secret_access_key": "${bytes.slice(0, 40)}"`],
    ["session token of AWS", `IQoJ${bytes}`],
    ["private key", "-----BEGIN RSA PRIVATE KEY-----"],
    ["JSON Web Token", `eyJ${bytes.slice(0, 20)}.eyJ${bytes.slice(0, 20)}.${bytes.slice(0, 20)}`],
    ["token of EKS", `k8s-aws-v1.${bytes.slice(0, 40)}`],
    ["token of GitHub", `ghp_${bytes.slice(0, 36)}`],
    ["token of Terraform Cloud", `${bytes.slice(0, 14)}.atlasv1.${bytes.slice(0, 64)}`],
    ["token of Slack", `xoxb-${bytes.slice(0, 12)}`],
    ["password", `password = "hunter22"`],
  ])("are found by their form: a %s", (sort, text) => {
    expect(secretsIn(`before ${text} after`)).toEqual([expect.stringContaining(sort)]);
  });

  it.each([
    "${random_password.db.result}",
    'password = "${var.password}"',
    "arn:aws:secretsmanager:eu-west-1:1:secret:a",
  ])("are not what only names one: %s", (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});
