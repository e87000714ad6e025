import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "./minimal";

type Api = NonNullable<EnvironmentInput["apis"]>[string];
type RestApi = Extract<Api, { readonly kind: "rest" }>;
type HttpApi = Extract<Api, { readonly kind: "http" }>;
type CustomDomain = NonNullable<Api["customDomain"]>;
type Route = NonNullable<NonNullable<EnvironmentInput["workloads"]>[string]["routes"]>[number];

/** What API Gateway and CloudFront are asked for; TLS they always have, of their own name at least. */
export const apiAxes = {
  tls: ["own-name", "made-here", "by-arn"],
  networks: ["any", "web-acl"],
  restCallers: ["iam", "cognito", "lambda", "anyone", "client-certificates"],
  httpCallers: ["iam", "jwt", "lambda", "anyone", "client-certificates"],
} as const;

type Tls = (typeof apiAxes.tls)[number];
type Networks = (typeof apiAxes.networks)[number] | "endpoints";
type Callers = (typeof apiAxes.restCallers)[number] | (typeof apiAxes.httpCallers)[number];

export interface ApiCell {
  readonly door: "rest" | "http" | "cloudfront";
  readonly exposure: "private" | "regional" | "edge";
  readonly tls: Tls;
  readonly networks: Networks;
  readonly callers: Callers;
}

const account = "us-west-2:123456789012";
const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-4333-8444-555555555555`;
const functionArn = `arn:aws:lambda:${account}:function:authorizer`;
const reason = "What it answers stands in the catalogue that anybody may read.";

const restAuthorization: Readonly<Record<string, NonNullable<RestApi["authorization"]>>> = {
  iam: { kind: "AWS_IAM" },
  cognito: {
    kind: "COGNITO_USER_POOLS",
    userPoolArns: [`arn:aws:cognito-idp:${account}:userpool/us-west-2_abcdefghi`],
  },
  lambda: { kind: "LAMBDA", functionArn },
  anyone: { kind: "NONE", reason },
  "client-certificates": { kind: "NONE", reason: "The client certificate says who calls." },
};

const httpAuthorization: Readonly<Record<string, NonNullable<HttpApi["authorization"]>>> = {
  iam: { kind: "AWS_IAM" },
  jwt: { kind: "JWT", issuer: "https://login.example.com", audience: ["shop"] },
  lambda: { kind: "LAMBDA", functionArn },
  anyone: { kind: "NONE", reason },
  "client-certificates": { kind: "NONE", reason: "The client certificate says who calls." },
};

/** Client certificates are asked for at a domain of the API's own, in its region; a private API has neither. */
function asks(callers: Callers, tls: Tls, exposure: ApiCell["exposure"]): boolean {
  return callers !== "client-certificates" || (tls !== "own-name" && exposure === "regional");
}

const restCells = apiAxes.restCallers.flatMap((callers): readonly ApiCell[] => [
  ...(["any", "endpoints"] as const).map((networks) => ({
    door: "rest" as const,
    exposure: "private" as const,
    tls: "own-name" as const,
    networks,
    callers,
  })),
  ...(["regional", "edge"] as const).flatMap((exposure) =>
    apiAxes.tls.flatMap((tls) =>
      apiAxes.networks.map((networks) => ({ door: "rest" as const, exposure, tls, networks, callers })),
    ),
  ),
]);

const httpCells = apiAxes.httpCallers.flatMap((callers) =>
  apiAxes.tls.map((tls): ApiCell => ({ door: "http", exposure: "regional", tls, networks: "any", callers })),
);

const edgeCells = apiAxes.tls.flatMap((tls) =>
  apiAxes.networks.map(
    (networks): ApiCell => ({ door: "cloudfront", exposure: "edge", tls, networks, callers: "anyone" }),
  ),
);

/** Every cell of APIs and of CloudFront. */
export const apiMatrix: readonly ApiCell[] = [...restCells, ...httpCells, ...edgeCells].filter(
  ({ callers, tls, exposure }) => asks(callers, tls, exposure),
);

/** What the door of a cell is called: an API's name has at most 40 characters. */
export function nameOfApi({ door, exposure, tls, networks, callers }: ApiCell): string {
  const caller = callers === "client-certificates" ? "mtls" : callers;
  return `${door}-${exposure}-${tls}-${networks}-${caller}`;
}

function domainOf(cell: ApiCell): { customDomain?: CustomDomain; disableExecuteApiEndpoint?: boolean } {
  if (cell.tls === "own-name") return {};
  const named = { name: `${nameOfApi(cell)}.example.com`, zone: "example.com" };
  const mutual = cell.callers === "client-certificates";
  return {
    customDomain: {
      ...named,
      ...(cell.tls === "made-here"
        ? { certificate: "web" }
        : { certificateArn: certificate(cell.exposure === "edge" ? "us-east-1" : "us-west-2") }),
      ...(mutual ? { clientCertificates: "partners" } : {}),
    },
    ...(mutual ? { disableExecuteApiEndpoint: true } : {}),
  };
}

const endpoints: Readonly<Record<ApiCell["exposure"], NonNullable<RestApi["endpoint"]>>> = {
  private: { kind: "PRIVATE" },
  regional: { kind: "REGIONAL" },
  edge: { kind: "EDGE" },
};

function asked<Authorization>(of: Readonly<Record<string, Authorization>>, { door, callers }: ApiCell): Authorization {
  const authorization = of[callers];
  if (authorization === undefined) throw new Error(`no ${door} API asks for ${callers}`);
  return authorization;
}

function apiOf(cell: ApiCell): Api {
  if (cell.door === "http") {
    return { kind: "http", authorization: asked(httpAuthorization, cell), ...domainOf(cell) };
  }
  return {
    kind: "rest",
    endpoint:
      cell.networks === "endpoints"
        ? { kind: "PRIVATE", vpcEndpointIds: ["vpce-0123456789abcdef0"] }
        : endpoints[cell.exposure],
    authorization: asked(restAuthorization, cell),
    ...(cell.networks === "web-acl" ? { webAcl: "offices" } : {}),
    ...domainOf(cell),
  };
}

function routeOf(cell: ApiCell): Route {
  const name = nameOfApi(cell);
  if (cell.door !== "cloudfront") {
    // What answers is one host, so that a cell is the door alone; doors that lead to pods are in other environments.
    const integration = { kind: "public-host", host: "origin.example.com" } as const;
    return { kind: "api-gateway", name, api: name, path: "/shop", integration };
  }
  const tls = {
    "own-name": {},
    "made-here": { certificate: "web" },
    "by-arn": { certificateArn: certificate("us-east-1") },
  };
  return {
    kind: "cloudfront",
    name,
    ...(cell.tls === "own-name" ? {} : { host: `${name}.example.com` }),
    ...tls[cell.tls],
    ...(cell.networks === "web-acl" ? { webAcl: "offices" } : {}),
  };
}

/** An environment with an API or a distribution for each cell. */
export const apiEnvironment: EnvironmentInput = {
  ...minimal("doors-apis"),
  network: { kind: "create", interfaceEndpoints: ["execute-api"] },
  dns: { zones: { "example.com": { kind: "create" } } },
  certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
  trustStores: {
    partners: { authorities: [`-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`] },
  },
  webAcls: { offices: { mode: "block", networks: { kind: "allow-only", cidrs: ["192.0.2.0/24"] } } },
  apis: Object.fromEntries(
    apiMatrix.filter(({ door }) => door !== "cloudfront").map((cell) => [nameOfApi(cell), apiOf(cell)]),
  ),
  workloads: {
    shop: {
      namespace: "shop",
      image: { name: "example.com/shop", tag: "1.0.0" },
      port: 8080,
      routes: apiMatrix.map(routeOf),
    },
  },
};
