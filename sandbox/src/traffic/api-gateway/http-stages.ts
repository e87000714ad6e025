import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  GetVpcLinksCommand,
  type Stage,
} from "@aws-sdk/client-apigatewayv2";
import { sdkOptions } from "../../aws/sdk";
import type { HttpStage } from "./http-api";

/**
 * The stages of HTTP APIs: one that deploys by itself has what the API has at this moment, another one what the API had
 * when its deployment was first seen.
 */
export class HttpStages {
  private readonly client: ApiGatewayV2Client;
  private deployed: readonly HttpStage[] = [];
  private groups: readonly string[] = [];

  constructor(awsEndpoint: string, region: string) {
    this.client = new ApiGatewayV2Client(sdkOptions(awsEndpoint, region));
  }

  /** The stage that a path of an API means: one that it names, otherwise `$default`. */
  find(apiId: string, path: string): HttpStage | undefined {
    const ofApi = this.deployed.filter((stage) => stage.apiId === apiId);
    return ofApi.find(({ name }) => name === path.split("/")[1]) ?? ofApi.find(({ name }) => name === "$default");
  }

  get apiIds(): readonly string[] {
    return [...new Set(this.deployed.map(({ apiId }) => apiId))];
  }

  /** Security groups of the VPC links. */
  get securityGroups(): readonly string[] {
    return this.groups;
  }

  async look(): Promise<void> {
    const { Items = [] } = await this.client.send(new GetApisCommand({}));
    const http = Items.filter(({ ProtocolType }) => ProtocolType === "HTTP");
    const stages = await Promise.all(
      http.map(async ({ ApiId = "" }) => {
        const { Items: found = [] } = await this.client.send(new GetStagesCommand({ ApiId }));
        return Promise.all(found.map((stage) => this.stage(ApiId, stage)));
      }),
    );
    this.deployed = stages.flat();
    const { Items: links = [] } = http.length === 0 ? {} : await this.client.send(new GetVpcLinksCommand({}));
    this.groups = [...new Set(links.flatMap(({ SecurityGroupIds }) => SecurityGroupIds ?? []))];
  }

  private async stage(
    apiId: string,
    { StageName = "", DeploymentId = "", AutoDeploy, AccessLogSettings }: Stage,
  ): Promise<HttpStage> {
    const before = this.deployed.find((each) => each.apiId === apiId && each.name === StageName);
    const isKept = before !== undefined && AutoDeploy !== true && before.deploymentId === DeploymentId;
    const { routes, integrations, authorizers } = isKept ? before : await this.snapshot(apiId);
    const { DestinationArn: destinationArn, Format: format } = AccessLogSettings ?? {};
    const accessLog = destinationArn === undefined || format === undefined ? undefined : { destinationArn, format };
    return { apiId, name: StageName, deploymentId: DeploymentId, routes, integrations, authorizers, accessLog };
  }

  private async snapshot(ApiId: string): Promise<Pick<HttpStage, "routes" | "integrations" | "authorizers">> {
    const { Items: routes = [] } = await this.client.send(new GetRoutesCommand({ ApiId }));
    const { Items: integrations = [] } = await this.client.send(new GetIntegrationsCommand({ ApiId }));
    const { Items: authorizers = [] } = await this.client.send(new GetAuthorizersCommand({ ApiId }));
    return { routes, integrations, authorizers };
  }
}
