import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { DescribeAvailabilityZonesCommand, DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetRoleCommand, GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { GetWebACLCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import { parseArn } from "../../../modules/schema/arn";
import type { Partition } from "../../../modules/schema/partitions";
import type { Environment } from "../../../platform/environment";
import { runProgram } from "../../program/child";
import type { Surroundings } from "../../program/surroundings";
import { terraformProgram, terraformVersion } from "../../terraform/program";
import type { SynthesizedStack } from "../../terraform/stacks";
import { chartDigest } from "../chart-digest";
import type { Facts } from "../facts";
import { admission } from "./admission";
import { clientOptions, isError, unlessMissing } from "./clients";
import { imageIdOf, imagePlatforms } from "./image-platforms";
import { inUse, vcpusOf } from "./in-use";
import { delegation, noAnswer, unreachable } from "./network";
import { States } from "./states";
import { upgradeInsights } from "./upgrade-insights";

/** A region of each partition that is always on. Source: `implicitGlobalRegion` in partitions.json of AWS's SDKs. */
const homeRegions = {
  aws: "us-east-1",
  "aws-cn": "cn-northwest-1",
  "aws-eusc": "eusc-de-east-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-us-gov": "us-gov-west-1",
} as const satisfies Readonly<Record<Partition, string>>;

/** Facts as AWS, the cluster and this machine tell them now. */
export function realFacts(
  surroundings: Surroundings,
  environment: Environment,
  stacks: readonly SynthesizedStack[],
): Facts {
  const { aws, cluster: declared } = environment;
  const options = clientOptions(aws);
  // A region that is not switched on knows nobody, and IAM has its quotas in one place.
  const home = { ...options, region: homeRegions[aws.partition] };
  const [ec2, eks, iam] = [new EC2Client(options), new EKSClient(options), new IAMClient(options)];
  const elb = new ElasticLoadBalancingV2Client(options);
  const quotas = new ServiceQuotasClient({ ...options, maxAttempts: 1 });
  const globalQuotas = new ServiceQuotasClient({ ...home, maxAttempts: 1 });
  const states = new States(environment, stacks);
  return {
    terraform: () =>
      orUndefined(() => ({
        program: terraformProgram(surroundings.variables),
        version: terraformVersion(surroundings),
      })),
    awsCli: () => orUndefined(() => awsCliVersion(surroundings)),
    caller: async () => {
      try {
        const { Account = "", Arn = "" } = await new STSClient(home).send(new GetCallerIdentityCommand({}));
        return { kind: "known", accountId: Account, arn: Arn };
      } catch (error) {
        return { kind: "nobody", because: error instanceof Error ? error.message : String(error) };
      }
    },
    regionStatus: async () => {
      const { Regions = [] } = await new EC2Client(home).send(new DescribeRegionsCommand({ AllRegions: true }));
      return Regions.find(({ RegionName }) => RegionName === aws.region)?.OptInStatus;
    },
    zones: async () => {
      const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
      return AvailabilityZones.map(({ ZoneName = "", ZoneId = "" }) => ({ name: ZoneName, id: ZoneId }));
    },
    vcpus: (types) => vcpusOf(ec2, types),
    inUse: () => inUse({ ec2, eks, elb, iam }, environment),
    quota: async (service, code) => {
      const asked = { ServiceCode: service, QuotaCode: code };
      const client = service === "iam" ? globalQuotas : quotas;
      // A quota that nobody ever changed is known by its default alone; who may not ask goes by the published one.
      const applied = await client.send(new GetServiceQuotaCommand(asked)).catch(() => undefined);
      const usual = applied ?? (await client.send(new GetAWSDefaultServiceQuotaCommand(asked)).catch(() => undefined));
      return usual?.Quota?.Value;
    },
    principalExists: async (arn) => {
      const { resource } = parseArn(arn);
      const name = resource.slice(resource.lastIndexOf("/") + 1);
      if (resource === "root") return true;
      const found = resource.startsWith("user/")
        ? (
            await unlessMissing(
              iam.send(new GetUserCommand({ UserName: name })),
              "NoSuchEntity",
              "NoSuchEntityException",
            )
          )?.User
        : (
            await unlessMissing(
              iam.send(new GetRoleCommand({ RoleName: name })),
              "NoSuchEntity",
              "NoSuchEntityException",
            )
          )?.Role;
      // One of the same name may have another path.
      return found?.Arn === arn;
    },
    serviceLinkedRoleExists: async (name) =>
      (await unlessMissing(
        iam.send(new GetRoleCommand({ RoleName: name })),
        "NoSuchEntity",
        "NoSuchEntityException",
      )) !== undefined,
    bucket: (name) => states.bucket(name),
    lock: (stack) => states.lock(stack),
    hostedZone: async (id) => {
      const asked = new Route53Client(options).send(new GetHostedZoneCommand({ Id: id }));
      const zone = await unlessMissing(asked, "NoSuchHostedZone");
      return zone === undefined ? undefined : (zone.DelegationSet?.NameServers ?? []);
    },
    delegation,
    certificate: async (arn) => {
      const client = new ACMClient({ ...options, region: parseArn(arn).region });
      const asked = client.send(new DescribeCertificateCommand({ CertificateArn: arn }));
      const { Certificate } = (await unlessMissing(asked, "ResourceNotFoundException")) ?? {};
      return Certificate === undefined ? undefined : { status: Certificate.Status ?? "UNKNOWN" };
    },
    webAclExists: async (arn) => {
      // arn:aws:wafv2:<region>:<account>:<regional or global>/webacl/<name>/<id>
      const { region, resource } = parseArn(arn);
      const [place, , Name, Id] = resource.split("/");
      const Scope = place === "global" ? "CLOUDFRONT" : "REGIONAL";
      const asked = new WAFV2Client({ ...options, region }).send(new GetWebACLCommand({ Name, Id, Scope }));
      return (await unlessMissing(asked, "WAFNonexistentItemException")) !== undefined;
    },
    image: async (repositoryName, version) => {
      try {
        await new ECRClient(options).send(
          new DescribeImagesCommand({ repositoryName, imageIds: [imageIdOf(version)] }),
        );
        return "there";
      } catch (error) {
        if (isError(error, "RepositoryNotFoundException")) return "no repository";
        if (isError(error, "ImageNotFoundException")) return "no such image";
        throw error;
      }
    },
    imagePlatforms: (repositoryName, version) =>
      // Who may not read an image, or reach where its parts are, cannot know; Kubernetes may.
      imagePlatforms(new ECRClient(options), repositoryName, imageIdOf(version)).catch(() => undefined),
    cluster: async () => {
      const asked = eks.send(new DescribeClusterCommand({ name: declared.name }));
      const { cluster } = (await unlessMissing(asked, "ResourceNotFoundException")) ?? {};
      if (cluster === undefined) return undefined;
      const { status = "", version = "", endpoint = "", certificateAuthority } = cluster;
      return { status, version, endpoint, certificateAuthority: certificateAuthority?.data ?? "" };
    },
    // Whoever may not ask is told nothing; the update itself asks again.
    upgradeInsights: (version) => upgradeInsights(eks, declared.name, version).catch(() => undefined),
    unreachable,
    admission: (cluster) => admission(environment, cluster),
    chartDigest,
    noAnswer,
  };
}

/** For example `aws-cli/2.27.0 Python/3.11.6 …`; the first version wrote it to standard error. */
function awsCliVersion(surroundings: Surroundings): string | undefined {
  const { status, stdout, stderr } = runProgram(surroundings, "aws", ["--version"]);
  return status === 0 ? /aws-cli\/(\S+)/.exec(stdout + stderr)?.[1] : undefined;
}

/** What a program tells, undefined where it cannot be started. */
function orUndefined<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
