import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Aws, startAws } from "../../../src/aws/start";

const folder = mkdtempSync(join(tmpdir(), "sandbox-model-"));
const region = "eu-west-1";

let aws: Aws;
beforeAll(async () => {
  aws = await startAws({ workDir: folder, region });
});
afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Request {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request as it stands: a client of AWS would refuse to write some of these. */
async function answerTo({ service, method = "POST", path = "/", headers = {}, body }: Request) {
  const credential = `${aws.environment["AWS_ACCESS_KEY_ID"]}/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(`${aws.endpoint}${path}`, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=x`,
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, type: response.headers.get("x-amzn-errortype"), text: await response.text() };
}

const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const query = (service: string, version: string, parameters: Readonly<Record<string, string>>): Request => ({
  service,
  headers: form,
  body: new URLSearchParams({ Version: version, ...parameters }).toString(),
});
const ec2 = (parameters: Readonly<Record<string, string>>) => query("ec2", "2016-11-15", parameters);
const iam = (parameters: Readonly<Record<string, string>>) => query("iam", "2010-05-08", parameters);
const json = (service: string, target: string, document: object): Request => ({
  service,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
  body: JSON.stringify(document),
});
const rest = (service: string, path: string, document: object): Request => ({
  service,
  path,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(document),
});
const xml = (service: string, path: string, body: string, method = "POST"): Request => ({
  service,
  path,
  method,
  headers: { "content-type": "application/xml" },
  body,
});

const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const records = (action: string) =>
  '<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change>' +
  `<Action>${action}</Action><ResourceRecordSet><Name>a.example.com</Name><Type>A</Type></ResourceRecordSet>` +
  "</Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>";

/** What is sent, the code of the service's error, and words of its message. */
const refused: readonly (readonly [string, Request, string, string])[] = [
  [
    "ec2: a required parameter is missing",
    ec2({ Action: "CreateSecurityGroup", GroupName: "doors" }),
    "<Code>MissingParameter</Code>",
    "The request must contain the parameter Description",
  ],
  [
    "ec2: a value is none of an enumeration",
    ec2({ Action: "CreateVpc", CidrBlock: "10.0.0.0/16", InstanceTenancy: "shared" }),
    "<Code>InvalidParameterValue</Code>",
    "Value (shared) for parameter InstanceTenancy is invalid",
  ],
  [
    "ec2: a number is none",
    ec2({ Action: "RunInstances", MinCount: "1", MaxCount: "many" }),
    "<Code>InvalidParameterValue</Code>",
    "Value (many) for parameter MaxCount is invalid",
  ],
  [
    "query: a name breaks its pattern and a number is below its range, both said at once",
    iam({
      Action: "CreateRole",
      RoleName: "load balancers",
      AssumeRolePolicyDocument: trust,
      MaxSessionDuration: "60",
    }),
    "<Code>ValidationError</Code>",
    "2 validation errors detected: Value 'load balancers' at 'roleName' failed to satisfy constraint: Member must " +
      "satisfy regular expression pattern: [\\w+=,.@-]+; Value '60' at 'maxSessionDuration' failed to satisfy " +
      "constraint: Member must have value greater than or equal to 3600",
  ],
  [
    "query: a name is too long",
    iam({ Action: "CreateRole", RoleName: "r".repeat(65), AssumeRolePolicyDocument: trust }),
    "<Code>ValidationError</Code>",
    "Member must have length less than or equal to 64",
  ],
  [
    "query: of two services with one signing name, the version says which is meant",
    query("elasticloadbalancing", "2015-12-01", { Action: "CreateLoadBalancer", Name: "doors", Scheme: "public" }),
    "<Code>ValidationError</Code>",
    "Value 'public' at 'scheme' failed to satisfy constraint: Member must satisfy enum value set: " +
      "[internet-facing, internal]",
  ],
  [
    "query: a boolean is none",
    iam({
      Action: "CreatePolicyVersion",
      PolicyArn: "arn:aws:iam::1:policy/p",
      PolicyDocument: "{}",
      SetAsDefault: "yes",
    }),
    "<Code>MalformedInput</Code>",
    "Member must be of type boolean",
  ],
  [
    "json: a name breaks its pattern, in a service with a code of its own for it",
    json("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", { repositoryName: "Shop" }),
    '"__type":"InvalidParameterException"',
    "Value 'Shop' at 'repositoryName'",
  ],
  [
    "json: a number is above its range, in a service without",
    json("kms", "TrentService.ScheduleKeyDeletion", { KeyId: "key", PendingWindowInDays: 400 }),
    '"__type":"ValidationException"',
    "Member must have value less than or equal to 365",
  ],
  [
    "json: a value is of the wrong type",
    json("logs", "Logs_20140328.PutRetentionPolicy", { logGroupName: "/a", retentionInDays: "30" }),
    '"__type":"SerializationException"',
    "Member must be of type integer",
  ],
  [
    "rest-json: a required field of the body is missing",
    rest("eks", "/clusters", { name: "dev", roleArn: "arn:aws:iam::123456789012:role/cluster" }),
    '"__type":"InvalidParameterException"',
    "Value null at 'resourcesVpcConfig'",
  ],
  [
    "rest-json: a value in the query is out of range",
    { service: "eks", method: "GET", path: "/clusters?maxResults=1000" },
    '"__type":"InvalidParameterException"',
    "Value '1000' at 'maxResults'",
  ],
  [
    "rest-json: of two services with one signing name, the path says which is meant",
    rest("apigateway", "/v2/apis", { name: "shop", protocolType: "FTP" }),
    '"__type":"BadRequestException"',
    "Member must satisfy enum value set: [WEBSOCKET, HTTP]",
  ],
  [
    "rest-xml: a value of the body is none of an enumeration",
    xml("route53", "/2013-04-01/hostedzone/Z1/rrset", records("REPLACE")),
    "<Code>InvalidInput</Code>",
    "Value 'REPLACE' at 'changeBatch.changes[0].action'",
  ],
  [
    "rest-xml: S3 has a form of error of its own",
    xml("s3", "/bucket?versioning", "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>", "PUT"),
    "<Error><Code>InvalidArgument</Code>",
    "Member must satisfy enum value set: [Enabled, Suspended]",
  ],
];

describe("a request that does not keep to the service's model is refused before anything is changed", () => {
  it.each(refused)("%s", async (_, request, code, message) => {
    const { status, type, text } = await answerTo(request);
    expect(status).toBe(400);
    expect(text).toContain(code);
    expect(text).toContain(
      JSON.stringify(message)
        .slice(1, -1)
        .replaceAll("\\\\", text.startsWith("<") ? "\\" : "\\\\"),
    );
    expect(type).toBe(text.startsWith("<") ? null : /"__type":"(\w+)"/.exec(text)?.[1]);
  });
});

describe("a request that keeps to it is done", () => {
  it.each([
    ["ec2", ec2({ Action: "CreateVpc", CidrBlock: "10.0.0.0/16", InstanceTenancy: "default" })],
    ["query", iam({ Action: "CreateRole", RoleName: "doors", AssumeRolePolicyDocument: trust })],
    ["json", json("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", { repositoryName: "shop" })],
    ["rest-json", rest("apigateway", "/v2/apis", { name: "shop", protocolType: "HTTP" })],
    ["rest-xml", { service: "s3", method: "GET", path: "/" }],
  ] satisfies [string, Request][])("%s", async (_, request) => {
    expect((await answerTo(request)).status).toBeLessThan(300);
  });
});
