import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { everyOption } from "./options/every-option";
import { stackNames, synthText } from "./support/environments";
import { minimal } from "./support/minimal";
import { secretsIn } from "./support/secrets";

const root = join(__dirname, "..");
const golden = readdirSync(join(root, "test", "golden")).filter((name) => name.endsWith(".json"));
const bytes = "A1b2C3d4E5f6G7h8I9j0".repeat(4);

describe("secrets", () => {
  it.each(golden)("are not in what is reviewed: %s", async (name) => {
    expect(await secretsIn(readFileSync(join(root, "test", "golden", name), "utf8"))).toEqual([]);
  });

  it("are not in stacks of which every workload takes some: they hold references", async () => {
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
    expect((await Promise.all(stackNames.map((name) => secretsIn(text[name])))).flat()).toEqual([]);
    expect(text.apps).toContain('"secret_key_ref"');
  });

  it.each([
    ["AWSAccessKeyID", `AKIA${"ABCDEFGHIJKLMNOP"}`],
    ["AWSSecretAccessKey", `aws_secret_access_key = "${bytes.slice(0, 40)}"`],
    ["session token of AWS", `IQoJ${bytes}`],
    ["private key", "-----BEGIN RSA PRIVATE KEY-----"],
    ["BasicAuth", "https://shop:hunter2222@db.example.com/shop"],
    ["JSON Web Token", `eyJ${bytes.slice(0, 20)}.eyJ${bytes.slice(0, 20)}.${bytes.slice(0, 20)}`],
    ["token of EKS", `k8s-aws-v1.${bytes.slice(0, 40)}`],
    ["GITHUB_TOKEN", `ghp_${bytes.slice(0, 36)}`],
    ["token of Terraform Cloud", `${bytes.slice(0, 14)}.atlasv1.${bytes.slice(0, 64)}`],
    ["SLACK_TOKEN", `xoxb-123456789012-123456789012-${bytes.slice(0, 24)}`],
    ["password", `password = "hunter22"`],
  ])("are found by their form: %s", async (sort, text) => {
    expect(await secretsIn(`before ${text} after`)).toContainEqual(expect.stringContaining(sort));
  });

  it.each([
    "${random_password.db.result}",
    'password = "${var.password}"',
    "arn:aws:secretsmanager:eu-west-1:1:secret:a",
    "arn:aws:iam::123456789012:role/shop",
  ])("are not what only names one: %s", async (text) => {
    expect(await secretsIn(text)).toEqual([]);
  });
});

describe("an option whose name speaks of a secret", () => {
  const telling = /(password|passwd|token|secret|credential|private_?key|api_?key)/i;
  /** Names in Secrets Manager, which takes nearly any text for one: by its form nobody tells it from a secret. */
  const names = ["releases.secretValues.secretId"];
  const carriers = everyOption().filter(({ path }) => telling.test(path.slice(path.lastIndexOf(".") + 1)));
  /** None of them is the name of an object in Kubernetes, a choice, or a switch. */
  const secrets = ["Tr0ub4dor&3", bytes.slice(0, 40), `ghp_${bytes.slice(0, 36)}`, `${bytes}==`, `eyJ${bytes}.eyJ.x`];

  it("is there: this goes by names, and would pass without any", () => {
    expect(carriers.map(({ path }) => path)).toContain("workloads.environment.secret");
  });

  it.each(carriers.filter(({ path }) => !names.includes(path)))(
    "takes a reference, a choice or a switch, and no secret: $path",
    ({ schema }) => {
      expect(secrets.filter((secret) => z.safeParse(schema, secret).success)).toEqual([]);
    },
  );
});
