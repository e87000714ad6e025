import { meant } from "../../schema/meant";
import { formatPath, type Problem } from "../../schema/problem";
import { apiRoutes, type DeclaredApiRoutes } from "../declared-routes";
import type { CustomDomainOptions } from "../options-schema";
import type { RestApiOptions } from "../rest-schema";
import type { Api } from "../schema";

type Named<Kind extends Api> = readonly [name: string, api: Kind];

function restApis({ apis }: DeclaredApiRoutes): readonly Named<RestApiOptions>[] {
  return Object.entries(apis).flatMap(([name, api]) => (api.kind === "rest" ? [[name, api]] : []));
}

function domains({
  apis,
}: DeclaredApiRoutes): readonly { readonly name: string; readonly api: Api; readonly domain: CustomDomainOptions }[] {
  return Object.entries(apis).flatMap(([name, api]) =>
    api.customDomain === undefined ? [] : [{ name, api, domain: api.customDomain }],
  );
}

function isPrivate(api: Api): boolean {
  return api.kind === "rest" && api.endpoint.kind === "PRIVATE";
}

/** Source: CreateDeployment: "The REST API doesn't contain any methods". */
export function apisHaveRoutes({ apis, workloads }: DeclaredApiRoutes): readonly Problem[] {
  const used = apiRoutes({ workloads }).map(({ route }) => route.api);
  return Object.entries(apis)
    .filter(([name]) => !used.includes(name))
    .map(([name, api]) => ({
      path: formatPath(["apis", name]),
      value: { kind: api.kind },
      rule: "no route names it, and API Gateway deploys no API without a method",
      remedy: `add \`{ kind: "api-gateway", api: ${JSON.stringify(name)}, path: "/..." }\` to the routes of a workload, or take the API out`,
    }));
}

/** Source: API Gateway developer guide, "Private REST APIs". */
export function privateApisHaveEndpoints(environment: DeclaredApiRoutes): readonly Problem[] {
  const { network } = environment;
  const own =
    network.kind === "create" &&
    Array.isArray(network.interfaceEndpoints) &&
    network.interfaceEndpoints.includes("execute-api");
  return restApis(environment).flatMap(([name, { endpoint }]) => {
    if (endpoint.kind !== "PRIVATE" || endpoint.vpcEndpointIds.length > 0 || own) return [];
    return [
      {
        path: formatPath(["apis", name, "endpoint", "vpcEndpointIds"]),
        value: endpoint.vpcEndpointIds,
        rule: "a private API is called through interface endpoints of execute-api, and the network makes none",
        remedy: 'add "execute-api" to `network.interfaceEndpoints`, or list the endpoints that may call',
      },
    ];
  });
}

export function clientUsersExist(environment: DeclaredApiRoutes): readonly Problem[] {
  const known = Object.keys(environment.identity.users);
  return restApis(environment).flatMap(([name, { clientUsers }]) =>
    clientUsers.flatMap((user, index) =>
      known.includes(user)
        ? []
        : [
            {
              path: formatPath(["apis", name, "clientUsers", index]),
              value: user,
              rule: "it names one of `identity.users`, and there is none of this name",
              remedy: meant(user, known, `add \`${JSON.stringify(user)}: {}\` to \`identity.users\``),
            },
          ],
    ),
  );
}

/** A policy that names principals fits callers who sign. Source: "How API Gateway resource policies affect authorization workflow". */
export function clientsSign(environment: DeclaredApiRoutes): readonly Problem[] {
  return restApis(environment).flatMap(([name, { authorization, clientArns, clientUsers }]) => {
    if (authorization.kind === "AWS_IAM" || clientArns.length + clientUsers.length === 0) return [];
    return [
      {
        path: formatPath(["apis", name, "authorization"]),
        value: authorization,
        rule: "clientArns and clientUsers become a policy for callers who sign with AWS credentials, and these do not, so all would be refused",
        remedy: 'write `authorization: { kind: "AWS_IAM" }`, or take clientArns and clientUsers out',
      },
    ];
  });
}

export function domainsOnPublicApis(environment: DeclaredApiRoutes): readonly Problem[] {
  return domains(environment)
    .filter(({ api }) => isPrivate(api))
    .map(({ name, domain }) => ({
      path: formatPath(["apis", name, "customDomain"]),
      value: domain.name,
      rule: "custom domains of private APIs are resources of their own, which this project does not make",
      remedy: "take customDomain out, or choose the endpoint EDGE or REGIONAL",
    }));
}

function zoneHolds(zone: string, name: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

export function domainsInKnownZones(environment: DeclaredApiRoutes): readonly Problem[] {
  const known = Object.keys(environment.dns.zones);
  return domains(environment).flatMap(({ name, domain }) => {
    const { zone } = domain;
    if (!known.includes(zone)) {
      return [
        {
          path: formatPath(["apis", name, "customDomain", "zone"]),
          value: zone,
          rule: "it names one of `dns.zones`, and there is none of this name, so the alias record has no place",
          remedy: meant(zone, known, `add \`${JSON.stringify(zone)}: { kind: "create" }\` to \`dns.zones\``),
        },
      ];
    }
    if (zoneHolds(zone, domain.name)) return [];
    return [
      {
        path: formatPath(["apis", name, "customDomain", "name"]),
        value: domain.name,
        rule: `it does not end in ${zone}, so a record in that zone is never asked for`,
        remedy: `write a name such as api.${zone}, or another zone`,
      },
    ];
  });
}

const edgeCertificateRegion = "us-east-1";

/** Source: API Gateway developer guide, "Get certificates ready in AWS Certificate Manager". */
export function domainCertificatesWhereTheyAreUsed(environment: DeclaredApiRoutes): readonly Problem[] {
  return domains(environment).flatMap(({ name, api, domain }) => {
    const { certificateArn } = domain;
    if (isPrivate(api) || certificateArn === undefined) return [];
    const edge = api.kind === "rest" && api.endpoint.kind === "EDGE";
    const needed = edge ? edgeCertificateRegion : environment.aws.region;
    const [, , service, region] = certificateArn.split(":");
    if (service === "acm" && region === needed) return [];
    return [
      {
        path: formatPath(["apis", name, "customDomain", "certificateArn"]),
        value: certificateArn,
        rule: edge
          ? `an EDGE domain is served by CloudFront, which takes certificates of ACM in ${needed} alone`
          : `the domain of a regional API takes certificates of ACM in its own region, ${needed}`,
        remedy: `name a certificate of ${needed}${edge ? ", or choose the endpoint REGIONAL" : ""}`,
      },
    ];
  });
}

export function closedEndpointsHaveADomain({ apis }: DeclaredApiRoutes): readonly Problem[] {
  return Object.entries(apis)
    .filter(([, api]) => api.disableExecuteApiEndpoint && api.customDomain === undefined)
    .map(([name]) => ({
      path: formatPath(["apis", name, "disableExecuteApiEndpoint"]),
      value: true,
      rule: "the API has no custom domain, so nobody could call it at all",
      remedy: "add a customDomain, or take the line out",
    }));
}

/** Source: AWS WAF developer guide, "Resources that you can protect"; AssociateWebACL. */
export function webAclsOfTheRegion(environment: DeclaredApiRoutes): readonly Problem[] {
  return restApis(environment).flatMap(([name, { webAclArn }]) => {
    if (webAclArn === undefined) return [];
    const [, , service, region, , resource = ""] = webAclArn.split(":");
    if (service === "wafv2" && region === environment.aws.region && resource.startsWith("regional/webacl/")) return [];
    return [
      {
        path: formatPath(["apis", name, "webAclArn"]),
        value: webAclArn,
        rule: `a stage takes a web ACL of WAFv2, scope REGIONAL, of its own region ${environment.aws.region}, the stage of an EDGE API too`,
        remedy: `write an ARN such as "arn:${environment.aws.partition}:wafv2:${environment.aws.region}:${environment.aws.accountId}:regional/webacl/<name>/<id>"`,
      },
    ];
  });
}

/** Source: Fetch standard, "CORS protocol and credentials". */
export function corsCredentialsNameOrigins({ apis }: DeclaredApiRoutes): readonly Problem[] {
  return Object.entries(apis).flatMap(([name, api]) => {
    if (api.kind !== "http" || api.cors === undefined) return [];
    const { allowCredentials, allowOrigins } = api.cors;
    if (!allowCredentials || !allowOrigins.includes("*")) return [];
    return [
      {
        path: formatPath(["apis", name, "cors", "allowOrigins"]),
        value: allowOrigins,
        rule: "with allowCredentials browsers take no * for an origin, so every such answer would be refused",
        remedy: "list the origins, or take allowCredentials out",
      },
    ];
  });
}
