import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Aws, startAws } from "@ingress-foundry/sandbox/aws/start";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestProject } from "../../../test/commands/test-project";
import { minimal } from "../../../test/support/minimal";

const folder = mkdtempSync(join(tmpdir(), "state-bucket-"));
const account = "123456789012";
const key = `arn:aws:kms:us-west-2:${account}:key/11111111-2222-4333-8444-555555555555`;
const state = { kind: "s3", bucket: "example-state" } as const;

const project = new TestProject([
  { ...minimal("dev"), state },
  { ...minimal("virginia"), state: { ...state, bucket: "example-virginia", region: "us-east-1" } },
  { ...minimal("encrypted"), state: { ...state, kmsKeyArn: key } },
  { ...minimal("ireland"), state: { ...state, region: "eu-west-1" } },
]);

describe("foundry init state, against an AWS that answers", () => {
  let aws: Aws;
  const before = { ...process.env };

  beforeAll(async () => {
    aws = await startAws({ workDir: join(folder, "aws"), region: "us-west-2", accountId: account });
    Object.assign(process.env, aws.environment);
  });

  afterAll(async () => {
    process.env = before;
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const init = (...args: readonly string[]) =>
    project.run(["init", "state", ...args], { variables: { ...aws.environment } });

  /** What the AWS CLI says of the bucket; `no` where S3 has no such thing. */
  async function ask(what: string, bucket: string = state.bucket): Promise<unknown> {
    const args = ["s3api", what, "--bucket", bucket, "--output", "json"];
    return promisify(execFile)("aws", args, { env: { ...aws.environment } }).then(
      ({ stdout }) => JSON.parse(stdout === "" ? "{}" : stdout),
      () => "no",
    );
  }

  it("says with --plan what it would make, and makes nothing", async () => {
    const { code, stdout } = await init("dev", "--plan");
    expect(code).toBe(2);
    expect(stdout.match(/not so yet/g)).toHaveLength(6);
    expect(stdout).toContain(`example-state, in us-west-2, of account ${account}`);
    expect(await ask("head-bucket")).toBe("no");
  });

  it("makes a bucket that keeps versions, is encrypted and closed, asks for TLS and forgets the oldest", async () => {
    const { code, stderr } = await init("dev", "--yes");
    expect(code, stderr).toBe(0);
    expect(await ask("get-bucket-location")).toEqual({ LocationConstraint: "us-west-2" });
    expect(await ask("get-bucket-versioning")).toMatchObject({ Status: "Enabled" });
    expect(JSON.stringify(await ask("get-bucket-encryption"))).toContain('"SSEAlgorithm":"AES256"');
    expect(await ask("get-public-access-block")).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(JSON.parse(String(Object(await ask("get-bucket-policy")).Policy)).Statement).toEqual([
      {
        Sid: "DenyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::example-state", "arn:aws:s3:::example-state/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(Object(await ask("get-bucket-lifecycle-configuration")).Rules).toMatchObject([
      {
        ID: "old-versions-of-states",
        Status: "Enabled",
        // How many stay in any case, this AWS forgets; the fast suite holds it.
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
      },
    ]);
  });

  it("finds nothing to do the second time", async () => {
    for (const option of ["--plan", "--yes"]) {
      const { code, stdout, stderr } = await init("dev", option);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "example-state is as it should be\n" });
      expect(stdout).not.toContain("not so yet");
    }
  });

  it("mends what somebody took away, and nothing else", async () => {
    await ask("delete-bucket-policy");
    await ask("delete-public-access-block");
    const { code, stdout, stderr } = await init("dev", "--yes");
    expect(code, stderr).toBe(0);
    expect(stdout.match(/^.*: done$/gm)).toEqual(["public access: done", "TLS: done"]);
  });

  it("goes on where it was killed: a bucket that is there is not made again", async () => {
    await promisify(execFile)("aws", ["s3", "mb", "s3://example-virginia", "--region", "us-east-1"], {
      env: { ...aws.environment },
    });
    const { code, stdout, stderr } = await init("virginia", "--yes");
    expect(code, stderr).toBe(0);
    expect(stdout).not.toContain("bucket: done");
    expect(await ask("get-bucket-versioning", "example-virginia")).toMatchObject({ Status: "Enabled" });
  });

  it("takes the key that the environment names", async () => {
    expect((await init("encrypted", "--plan")).code).toBe(2);
    expect((await init("encrypted", "--yes")).code).toBe(0);
    expect(JSON.stringify(await ask("get-bucket-encryption"))).toContain(key);
    expect((await init("encrypted", "--plan")).code).toBe(0);
  });

  it("refuses a bucket of another region, with what to write", async () => {
    const { code, stderr } = await init("ireland", "--plan");
    expect(code).toBe(1);
    expect(stderr).toContain('is there, in us-west-2 and not in eu-west-1; write state.region: "us-west-2"');
  });
});
