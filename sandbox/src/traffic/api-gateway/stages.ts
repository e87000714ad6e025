import {
  APIGatewayClient,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type RestApi,
  type Stage,
} from "@aws-sdk/client-api-gateway";
import { sdkOptions } from "../../aws/sdk";
import type { DeployedStage } from "./rest-api";

/**
 * The stages of REST APIs as their deployments left them: a stage's resources are read once, when its deployment is first
 * seen, so that what is changed and not deployed does not answer.
 */
export class Stages {
  private readonly client: APIGatewayClient;
  private deployed = new Map<string, DeployedStage>();

  constructor(
    awsEndpoint: string,
    private readonly region: string,
    private readonly accountId: string,
  ) {
    this.client = new APIGatewayClient(sdkOptions(awsEndpoint, region));
  }

  find(apiId: string, stage: string): DeployedStage | undefined {
    return this.deployed.get(`${apiId}/${stage}`);
  }

  /** Ids of the APIs that have a stage. */
  get apiIds(): readonly string[] {
    return [...new Set(this.all.map(({ apiId }) => apiId))];
  }

  get all(): readonly DeployedStage[] {
    return [...this.deployed.values()];
  }

  async look(): Promise<void> {
    const { items = [] } = await this.client.send(new GetRestApisCommand({ limit: 500 }));
    const found = await Promise.all(
      items.map(async (api) => {
        const { item = [] } = await this.client.send(new GetStagesCommand({ restApiId: api.id }));
        return Promise.all(item.map((stage) => this.stage(api, stage)));
      }),
    );
    this.deployed = new Map(found.flat().map((stage) => [`${stage.apiId}/${stage.name}`, stage]));
  }

  private async stage(api: RestApi, stage: Stage): Promise<DeployedStage> {
    const { id: apiId = "" } = api;
    const { stageName: name = "", deploymentId = "", variables = {}, accessLogSettings } = stage;
    const before = this.find(apiId, name);
    const snapshot = before?.deploymentId === deploymentId ? before : await this.snapshot(api);
    const { destinationArn, format } = accessLogSettings ?? {};
    return {
      apiId,
      region: this.region,
      accountId: this.accountId,
      name,
      deploymentId,
      variables,
      policy: snapshot.policy,
      resources: snapshot.resources,
      accessLog: destinationArn === undefined || format === undefined ? undefined : { destinationArn, format },
    };
  }

  private async snapshot({ id, policy }: RestApi): Promise<Pick<DeployedStage, "policy" | "resources">> {
    const { items = [] } = await this.client.send(
      new GetResourcesCommand({ restApiId: id, limit: 500, embed: ["methods"] }),
    );
    return { policy: policy === undefined || policy === "" ? undefined : unescaped(policy), resources: items };
  }
}

/** API Gateway gives the policy as the inside of a JSON string. */
function unescaped(policy: string): string {
  return policy.startsWith("{\\") ? String(JSON.parse(`"${policy}"`)) : policy;
}
