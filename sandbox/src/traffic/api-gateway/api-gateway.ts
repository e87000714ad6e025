import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { APIGatewayClient, GetApiKeysCommand } from "@aws-sdk/client-api-gateway";
import { sdkOptions } from "../../aws/sdk";
import type { Aws } from "../../aws/start";
import { signCertificate } from "../../controllers/certificates";
import { type Repetition, repeatedly } from "../../repeatedly";
import { amazonAddresses } from "../addresses";
import type { AmazonNames } from "../names/zones";
import { AccessLogs } from "./access-log";
import { HttpStages } from "./http-stages";
import { goOn, onwardConfiguration } from "./onward";
import { signersOf } from "./rest-api";
import { type Gateway, startGateway } from "./server";
import type { AccessKey } from "./signature";
import { Stages } from "./stages";
import { Tokens } from "./tokens";

export interface ApiGatewayProps {
  readonly aws: Aws;
  readonly region: string;
  readonly accountId: string;
  /** As whom Terraform acts; who has these credentials may sign. */
  readonly principalArn: string;
  readonly folder: string;
  readonly authority: string;
  readonly resolver: string;
  /** URL of a load balancer's listener by its ARN. */
  readonly listener: (arn: string) => string | undefined;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the stages. */
const interval = 1000;

/** File with the credentials of whoever may sign, by their ARNs. */
export const signersFile = (folder: string) => join(folder, "signers.json");

/** API Gateway's data plane: its names, its certificate, and what answers behind them. */
export class ApiGateway {
  private readonly keys = new Map<string, AccessKey>();
  private readonly signers = new Map<string, Readonly<Record<string, string>>>();
  private apiKeys: ReadonlySet<string> = new Set();
  private readonly client: APIGatewayClient;
  private readonly httpStages: HttpStages;

  private constructor(
    private readonly props: ApiGatewayProps,
    private readonly stages: Stages,
  ) {
    this.client = new APIGatewayClient(sdkOptions(props.aws.endpoint, props.region));
    this.httpStages = new HttpStages(props.aws.endpoint, props.region);
    this.add(props.principalArn, props.aws.environment);
  }

  private gateway: Gateway | undefined;
  private looking: Repetition | undefined;

  static async start(props: ApiGatewayProps): Promise<ApiGateway> {
    const { aws, region, accountId, folder, onError } = props;
    const stages = new Stages(aws.endpoint, region, accountId);
    const self = new ApiGateway(props, stages);
    const { certificate, ca, key } = await signCertificate(props.authority, [self.domain("*")]);
    writeFileSync(self.certificateFile, `${certificate}\n${ca}\n${key}`, { mode: 0o600 });
    self.gateway = await startGateway({
      socketPath: join(folder, "gateway.sock"),
      onwardSocketPath: join(folder, "onward.sock"),
      stages,
      accessKey: (id) => self.keys.get(id),
      httpStages: self.httpStages,
      tokens: new Tokens((url) => read(join(folder, "onward.sock"), url)),
      listener: props.listener,
      hasApiKey: (value) => self.apiKeys.has(value),
      logs: new AccessLogs(aws.endpoint, region, onError),
      onError,
    });
    self.looking = repeatedly(interval, () => self.look(), onError);
    return self;
  }

  /** What HAProxy does for it in the namespace of AWS's own services. */
  get proxyConfiguration(): string {
    const { folder, resolver, authority } = this.props;
    const source = amazonAddresses.gateway;
    return `frontend gateway
  mode http
  bind ${source}:443 ssl crt ${this.certificateFile} alpn h2,http/1.1
  option forwardfor
  default_backend gateway

backend gateway
  mode http
  server gateway unix@${join(folder, "gateway.sock")}

${onwardConfiguration({
  socketPath: join(folder, "onward.sock"),
  resolver,
  source,
  authority: join(authority, "ca.crt"),
})}`;
  }

  get names(): AmazonNames {
    return new Map(
      [...this.stages.apiIds, ...this.httpStages.apiIds].map((id) => [this.domain(id), [amazonAddresses.gateway]]),
    );
  }

  /** Security groups that requests through VPC links of HTTP APIs come from. */
  get securityGroups(): readonly string[] {
    return this.httpStages.securityGroups;
  }

  async stop(): Promise<void> {
    await this.looking?.stop();
    await this.gateway?.close();
  }

  private get certificateFile(): string {
    return join(this.props.folder, "gateway.pem");
  }

  private domain(apiId: string): string {
    return `${apiId}.execute-api.${this.props.region}.amazonaws.com`;
  }

  private async look(): Promise<void> {
    await this.stages.look();
    await this.httpStages.look();
    const { items = [] } = await this.client.send(new GetApiKeysCommand({ includeValues: true, limit: 500 }));
    this.apiKeys = new Set(items.flatMap(({ value, enabled }) => (enabled === false ? [] : (value ?? []))));
    for (const arn of this.stages.all.flatMap(signersOf)) {
      if (!this.signers.has(arn)) {
        this.add(arn, await this.props.aws.credentials(arn));
      }
    }
  }

  /** Whoever a policy names may sign; the credentials are kept for people to try with. */
  private add(principalArn: string, credentials: Readonly<Record<string, string>>): void {
    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "", AWS_SESSION_TOKEN } = credentials;
    const token = AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN };
    this.keys.set(AWS_ACCESS_KEY_ID, { secretAccessKey, principalArn, ...token });
    this.signers.set(principalArn, {
      AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(AWS_SESSION_TOKEN === undefined ? {} : { AWS_SESSION_TOKEN }),
    });
    const file = signersFile(this.props.folder);
    writeFileSync(file, JSON.stringify(Object.fromEntries(this.signers), null, 2), { mode: 0o600 });
  }
}

/** Milliseconds for an issuer to give its keys. */
const issuerTimeout = 1500;

/** @throws Error when there is no such document */
async function read(socketPath: string, url: string): Promise<unknown> {
  const reply = await goOn(socketPath, { method: "GET", url, headers: {} }, Buffer.alloc(0), issuerTimeout);
  if (reply.status !== 200) {
    throw new Error(`${url} answers ${reply.status}`);
  }
  return JSON.parse(reply.body.toString("utf8"));
}
