import { z } from "zod";
import { CompletedDocuments, noContent } from "../apigateway/completed-documents";
import type { Answer, Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { type JsonObject, jsonObject } from "../overlay";
import type { Store } from "../store";
import { Deployments } from "./deployments";

const api = "/v2/apis/[^/]+";
const paths = {
  /** Documents that moto cannot change. */
  changed: new RegExp(`^(${api}/stages/[^/]+|/v2/domainnames/[^/]+(/apimappings/[^/]+)?)$`),
  domainName: /^\/v2\/domainnames\/[^/]+$/,
  deployments: new RegExp(`^(${api})/deployments$`),
  deployment: new RegExp(`^(${api})/deployments/[^/]+$`),
  accessLogSettings: new RegExp(`^(${api}/stages/[^/]+)/accesslogsettings$`),
  routeSettings: new RegExp(`^(${api}/stages/[^/]+)/routesettings/(.+)$`),
  tags: /^\/v2\/tags\/arn:[^/]*(\/.+)$/,
} as const;

const list = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

/**
 * What moto lacks of HTTP APIs: deployments; changing stages, API mappings and domain names; tags of stages and domain
 * names; the state of a domain name.
 */
export class HttpApis {
  private readonly documents: CompletedDocuments;
  private readonly deployments: Deployments;

  constructor(
    private readonly moto: MotoClient,
    store: Store,
  ) {
    this.deployments = new Deployments(store);
    this.documents = new CompletedDocuments(moto, store, {
      listField: "items",
      identifierOf,
      finish: (path, document) => (paths.domainName.test(path) ? availableDomainName(document) : document),
    });
  }

  async answer(call: Call): Promise<Answer | undefined> {
    const path = decodeURIComponent(call.path).replace(/\/$/, "");
    const tagged = paths.tags.exec(path)?.[1];
    if (tagged !== undefined) {
      return this.documents.tags(call, `/v2${tagged}`);
    }
    const [, apiPath] = paths.deployments.exec(path) ?? paths.deployment.exec(path) ?? [];
    if (apiPath !== undefined) {
      return this.deployment(call, path, apiPath);
    }
    switch (call.method) {
      case "PATCH":
        return paths.changed.test(path)
          ? this.documents.change(call, path, () => jsonObject(call.body) ?? {})
          : undefined;
      case "POST":
        return this.documents.create(call, (document) => `${path}/${identifierOf(path, document)}`);
      case "DELETE":
        return (await this.removeSetting(call, path)) ?? this.documents.remove(call, path);
      case "GET":
        return this.documents.read(call, path);
      default:
        return undefined;
    }
  }

  private async deployment(call: Call, path: string, apiPath: string): Promise<Answer> {
    const get: Call = { ...call, method: "GET", body: Buffer.alloc(0) };
    const exists = await this.moto.forward({ ...get, path: apiPath });
    if (exists.status !== 200) {
      return exists;
    }
    if (paths.deployments.test(path)) {
      return this.deployments.collection(call, path);
    }
    const stages = await this.documents.read({ ...get, path: `${apiPath}/stages` }, `${apiPath}/stages`);
    return this.deployments.one(call, path, list.parse(jsonObject(stages.body)).items);
  }

  /** Parts of a stage that have a DELETE of their own. */
  private async removeSetting(call: Call, path: string): Promise<Answer | undefined> {
    const route = paths.routeSettings.exec(path);
    const stage = (route ?? paths.accessLogSettings.exec(path))?.[1];
    if (stage === undefined) {
      return undefined;
    }
    const url = stage.split("/").map(encodeURIComponent).join("/");
    const answer = await this.documents.change({ ...call, path: url }, stage, ({ routeSettings }) => {
      if (route === null) {
        return { accessLogSettings: null };
      }
      const settings = z.record(z.string(), z.unknown()).catch({}).parse(routeSettings);
      return { routeSettings: Object.fromEntries(Object.entries(settings).filter(([key]) => key !== route[2])) };
    });
    return answer.status === 200 ? noContent : answer;
  }
}

function identifierOf(collection: string, document: JsonObject): string {
  const [, last = ""] = /\/([^/]+)$/.exec(collection) ?? [];
  const fields: Readonly<Record<string, string>> = {
    apimappings: "apiMappingId",
    apis: "apiId",
    authorizers: "authorizerId",
    domainnames: "domainName",
    integrations: "integrationId",
    routes: "routeId",
    stages: "stageName",
    vpclinks: "vpcLinkId",
  };
  return String(document[fields[last] ?? "id"]);
}

/** moto's domain names have no state, and whoever waits for one waits for ever. */
function availableDomainName(document: JsonObject): JsonObject {
  const { domainNameConfigurations: configurations, mutualTlsAuthentication, ...others } = document;
  const available = {
    domainNameStatus: "AVAILABLE",
    ipAddressType: "ipv4",
    hostedZoneId: "Z2OJLYMUO9EFXC",
    apiGatewayDomainName: `d-${String(document["domainName"]).replaceAll(".", "-")}.execute-api.amazonaws.com`,
  };
  const hasMutualTls = Object.keys(Object(mutualTlsAuthentication)).length > 0;
  return {
    ...others,
    ...(hasMutualTls ? { mutualTlsAuthentication } : {}),
    ...(Array.isArray(configurations)
      ? { domainNameConfigurations: configurations.map((configuration) => ({ ...available, ...configuration })) }
      : {}),
  };
}
