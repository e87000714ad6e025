import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Aws, startAws } from "@ingress-foundry/sandbox/aws/start";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { minimal } from "../../../test/support/minimal";
import { lookAt, said } from "./account";

const folder = mkdtempSync(join(tmpdir(), "preflight-"));
const account = "123456789012";
const id = "11111111-2222-4333-8444-555555555555";

/** An environment that names one of everything that preflight asks AWS for. */
function environmentWith(named: {
  readonly certificateArn: string;
  readonly webAclArn: string;
  readonly zoneId: string;
}): EnvironmentInput {
  const { certificateArn, webAclArn, zoneId } = named;
  return {
    ...minimal("dev"),
    state: { kind: "s3", bucket: "example-state" },
    network: { kind: "create", zones: ["a", "b"] },
    registry: { repositories: { shop: {} } },
    dns: { zones: { "dev.example": { kind: "existing", zoneId } } },
    workloads: {
      shop: {
        image: { repository: "shop", tag: "1.0.0" },
        port: 8080,
        routes: [{ kind: "alb", host: "shop.dev.example", exposure: "internet-facing", certificateArn, webAclArn }],
      },
    },
  };
}

const missing = environmentWith({
  certificateArn: `arn:aws:acm:us-west-2:${account}:certificate/${id}`,
  webAclArn: `arn:aws:wafv2:us-west-2:${account}:regional/webacl/shop/${id}`,
  zoneId: "Z0123456789ABCDEFGHIJ",
});

describe("foundry preflight, against an AWS that answers", () => {
  let aws: Aws;
  const before = { ...process.env };

  beforeAll(async () => {
    const principalArn = `arn:aws:iam::${account}:role/operators`;
    aws = await startAws({ workDir: join(folder, "aws"), region: "us-west-2", accountId: account, principalArn });
    Object.assign(process.env, aws.environment);
  });

  afterAll(async () => {
    process.env = before;
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function cli(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)("aws", [...args, "--output", "json"], { env: { ...aws.environment } });
    return stdout;
  }

  it("names what a new account lacks, and nothing else", async () => {
    expect(said(await lookAt(missing, aws.environment))).toEqual([
      "state bucket: there is no bucket example-state",
      expect.stringMatching(
        /^service-linked roles: AWSServiceRoleForAmazonEKS, AWSServiceRoleForAmazonEKSNodegroup and /,
      ),
      'DNS zones: dns.zones["dev.example"]: Route 53 has no zone Z0123456789ABCDEFGHIJ here',
      expect.stringMatching(/^certificates: workloads\.shop\.routes\[0\]\.certificateArn: there is no certificate /),
      expect.stringMatching(/^web ACLs: workloads\.shop\.routes\[0\]\.webAclArn: there is no web ACL /),
      "images: the cluster stack makes the repository of shop, 1.0.0, of shop, and nothing is in it then",
    ]);
  });

  it("finds what is there, and counts what others use", async () => {
    await cli("s3", "mb", "s3://example-state");
    const requested = await cli("acm", "request-certificate", "--domain-name", "shop.dev.example");
    const metric = "SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop";
    const acl = [
      "--name",
      "shop",
      "--scope",
      "REGIONAL",
      "--default-action",
      "Allow={}",
      "--visibility-config",
      metric,
    ];
    const webAclArn: string = JSON.parse(await cli("wafv2", "create-web-acl", ...acl)).Summary.ARN;
    await cli("ecr", "create-repository", "--repository-name", "shop");
    for (let count = 0; count < 4; count += 1) await cli("ec2", "allocate-address");
    const certificateArn: string = JSON.parse(requested).CertificateArn;
    // The mock's zones have ids that Route 53 never gives.
    const zoneId = "Z0123456789ABCDEFGHIJ";
    expect(said(await lookAt(environmentWith({ certificateArn, webAclArn, zoneId }), aws.environment))).toEqual([
      "state bucket: example-state keeps no versions, so a state that is broken or lost stays lost",
      ...(await unencrypted()),
      "quotas: it needs 2 Elastic IPs, others have 4, and the account has 5",
      expect.stringMatching(/^service-linked roles: /),
      'DNS zones: dns.zones["dev.example"]: Route 53 has no zone Z0123456789ABCDEFGHIJ here',
      "images: the registry does not have shop, 1.0.0, of shop",
    ]);
  });

  /** S3 encrypts by default; the mock says so of no new bucket. */
  async function unencrypted(): Promise<readonly string[]> {
    const asked = cli("s3api", "get-bucket-encryption", "--bucket", "example-state");
    return asked.then(
      () => [],
      () => ["state bucket: example-state has no default encryption"],
    );
  }

  it("takes nobody for the environment's own account without credentials", async () => {
    const key = process.env["AWS_ACCESS_KEY_ID"];
    delete process.env["AWS_ACCESS_KEY_ID"];
    try {
      const [first, ...others] = said(await lookAt(missing, aws.environment));
      expect(first).toMatch(/^credentials: AWS does not know who calls: /);
      expect(others.every((line) => line.includes(" was not looked at: AWS does not take the caller"))).toBe(true);
    } finally {
      process.env["AWS_ACCESS_KEY_ID"] = key;
    }
  });
});
