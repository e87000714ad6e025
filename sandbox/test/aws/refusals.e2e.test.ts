import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Aws, startAws } from "../../src/aws/start";
import { Repositories } from "../../src/images/repositories";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "sandbox-refusals-"));
// A region with a zone in which EKS makes no control plane.
const region = "us-east-1";
const account = "123456789012";

let aws: Aws;
beforeAll(async () => {
  aws = await startAws({ workDir: folder, region, accountId: account });
});
afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function cli(...args: readonly string[]): Promise<string> {
  const { stdout } = await run("aws", [...args, "--output", "text"], { env: { ...aws.environment } });
  return stdout.trim();
}

async function refusal(...args: readonly string[]): Promise<string> {
  return cli(...args).then(
    () => "no error",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

async function clusterRole(): Promise<string> {
  const trust = {
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "eks.amazonaws.com" } }],
  };
  const document = ["--assume-role-policy-document", JSON.stringify(trust)];
  return cli("iam", "create-role", "--role-name", "cluster", ...document, "--query", "Role.Arn");
}

describe("AWS refuses, and so does the sandbox,", () => {
  it("a sixth Elastic IP, until one is given back", async () => {
    const allocate = ["ec2", "allocate-address", "--query", "AllocationId"];
    const first = await cli(...allocate);
    for (let count = 2; count <= 5; count += 1) {
      await cli(...allocate);
    }
    expect(await refusal(...allocate)).toContain("(AddressLimitExceeded)");
    await cli("ec2", "release-address", "--allocation-id", first);
    expect(await refusal(...allocate)).toBe("no error");
  });

  it("one of three Elastic IPs that are asked for at once where two are left", async () => {
    const describe = ["ec2", "describe-addresses", "--query", "Addresses[].AllocationId"];
    const [one = "", other = ""] = (await cli(...describe)).split(/\s+/);
    for (const id of [one, other]) {
      await cli("ec2", "release-address", "--allocation-id", id);
    }
    const answers = await Promise.all([1, 2, 3].map(() => refusal("ec2", "allocate-address")));
    expect(answers.filter((answer) => answer.includes("(AddressLimitExceeded)"))).toHaveLength(1);
    expect((await cli(...describe)).split(/\s+/)).toHaveLength(5);
  });

  it("a sixth VPC, the account's default one included", async () => {
    const create = ["ec2", "create-vpc", "--cidr-block", "10.9.0.0/16", "--query", "Vpc.VpcId"];
    const made: string[] = [];
    for (let count = 2; count <= 5; count += 1) {
      made.push(await cli(...create));
    }
    expect(await refusal(...create)).toContain("(VpcLimitExceeded)");
    for (const id of made) {
      await cli("ec2", "delete-vpc", "--vpc-id", id);
    }
  });

  it("to delete a repository that holds images, unless it is forced", async () => {
    await cli("ecr", "create-repository", "--repository-name", "shop");
    await new Repositories(aws.endpoint, region, account).push("shop", "1.0.0");
    const remove = ["ecr", "delete-repository", "--repository-name", "shop"];
    expect(await refusal(...remove)).toContain("(RepositoryNotEmptyException)");
    expect(await refusal(...remove, "--force")).toBe("no error");
  });

  it("a record that is there already, and not a change of it or another of its name", async () => {
    const zone = await cli(
      ...["route53", "create-hosted-zone", "--name", "example.com", "--caller-reference", "records"],
      ...["--query", "HostedZone.Id"],
    );
    const change = (Action: string, Type: string, Value: string) => {
      const ResourceRecordSet = { Name: "*.shop.example.com", Type, TTL: 60, ResourceRecords: [{ Value }] };
      const batch = JSON.stringify({ Changes: [{ Action, ResourceRecordSet }] });
      return refusal("route53", "change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch", batch);
    };
    expect(await change("CREATE", "A", "192.0.2.1")).toBe("no error");
    expect(await change("CREATE", "A", "192.0.2.2")).toMatch(
      /\(InvalidChangeBatch\).*\[name='\*\.shop\.example\.com\.', type='A'\] but it already exists/,
    );
    expect(await change("CREATE", "TXT", '"owner"')).toBe("no error");
    expect(await change("UPSERT", "A", "192.0.2.2")).toBe("no error");
  });

  it("a cluster with a subnet in a zone without EKS, naming the zones that have it", async () => {
    const role = await clusterRole();
    const vpc = await cli("ec2", "create-vpc", "--cidr-block", "10.1.0.0/16", "--query", "Vpc.VpcId");
    const subnet = (zoneId: string, cidr: string) =>
      cli(
        ...["ec2", "create-subnet", "--vpc-id", vpc, "--availability-zone-id", zoneId, "--cidr-block", cidr],
        ...["--query", "Subnet.SubnetId"],
      );
    const [first, second, refused] = [
      await subnet("use1-az1", "10.1.0.0/24"),
      await subnet("use1-az2", "10.1.1.0/24"),
      await subnet("use1-az3", "10.1.2.0/24"),
    ];
    const create = (...subnets: readonly string[]) => [
      ...["eks", "create-cluster", "--name", "test", "--role-arn", role, "--query", "cluster.name"],
      ...["--resources-vpc-config", `subnetIds=${subnets.join(",")}`],
      ...["--logging", '{"clusterLogging":[{"types":["audit"],"enabled":true}]}'],
    ];
    const said = await refusal(...create(first, refused));
    expect(said).toContain("(UnsupportedAvailabilityZoneException)");
    expect(said).toMatch(/choose from these availability zones: us-east-1a, /);
    expect(await refusal(...create(first, second))).toBe("no error");
  });

  it("to let a cluster's log group go before EKS has written to it for the last time", async () => {
    const group = ["--log-group-name", "/aws/eks/test/cluster"];
    await cli("eks", "delete-cluster", "--name", "test");
    await cli("logs", "delete-log-group", ...group);
    expect(await refusal("logs", "create-log-group", ...group)).toContain("(ResourceAlreadyExistsException)");
    await cli("logs", "delete-log-group", ...group);
    expect(await refusal("logs", "create-log-group", ...group)).toBe("no error");
  });
});
