import { environment, type WrongEnvironment } from "../../platform/fixtures";

const image = { name: "example/shop", tag: "1.0.0" };
const reason = "A test says so, and nobody else.";
const issuer = "https://issuer.example.com";
const publicHost = { kind: "public-host", host: "shop.example.com" };
const certificate = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const customDomain = { name: "api.example.com", certificateArn: certificate, zone: "example.com" };
const dns = { zones: { "example.com": { kind: "create" } } };

function workload(routes: readonly object[], rest: object = {}): object {
  return {
    image,
    port: 8080,
    servicePort: 80,
    routes: routes.map((route) => ({ kind: "api-gateway", api: "store", path: "/shop", ...route })),
    ...rest,
  };
}

/** An environment with the API `store` and the workload `shop`. */
function wrong(api: object, routes: readonly object[] = [{}], rest: object = {}): object {
  return environment({ apis: { store: { kind: "rest", ...api } }, workloads: { shop: workload(routes) }, ...rest });
}

export const wrongApis: readonly WrongEnvironment[] = [
  {
    rule: "an API has a route",
    environment: environment({ apis: { store: { kind: "rest" } } }),
    reported: [
      [
        "apis.store",
        '{ kind: "rest" }',
        "No route names it, and API Gateway deploys no API without a method.",
        'Add `{ kind: "api-gateway", api: "store", path: "/..." }` to the routes of a workload, or take the API out.',
      ],
    ],
  },
  {
    rule: "a route names a known API",
    environment: wrong({}, [{ api: "stor" }, { name: "a" }]),
    reported: [
      [
        "workloads.shop.routes[0].api",
        '"stor"',
        "It names one of `apis`, and there is none of this name.",
        'Did you mean "store"? Otherwise add `"stor": { kind: "rest" }` to `apis`.',
      ],
    ],
  },
  {
    rule: "a route to a workload needs the load balancer controller",
    environment: wrong({}, [{}], { controllers: {} }),
    reported: [
      [
        "workloads.shop.routes[0].integration",
        '{ kind: "workload" }',
        "controllers.awsLoadBalancerController registers the pods with the API's load balancer, and it is not enabled.",
        "Add `awsLoadBalancerController: {}` to `controllers`.",
      ],
    ],
  },
  {
    rule: "a private API has endpoints to be called through",
    environment: wrong({ endpoint: { kind: "PRIVATE" } }),
    reported: [
      [
        "apis.store.endpoint.vpcEndpointIds",
        "[]",
        "A private API is called through interface endpoints of execute-api, and the network makes none.",
        'Add "execute-api" to `network.interfaceEndpoints`, or list the endpoints that may call.',
      ],
    ],
  },
  {
    rule: "a client user is one of the environment's",
    environment: wrong({ clientUsers: ["caler"] }, [{}], { identity: { users: { caller: {} } } }),
    reported: [
      [
        "apis.store.clientUsers[0]",
        '"caler"',
        "It names one of `identity.users`, and there is none of this name.",
        'Did you mean "caller"? Otherwise add `"caler": {}` to `identity.users`.',
      ],
    ],
  },
  {
    rule: "named clients sign",
    environment: wrong({
      authorization: { kind: "NONE", reason },
      clientArns: ["arn:aws:iam::123456789012:user/caller"],
    }),
    reported: [
      [
        "apis.store.authorization",
        '{ kind: "NONE", reason: "A test says so, and nobody else." }',
        "clientArns and clientUsers become a policy for callers who sign with AWS credentials, and these do not, so all would be refused.",
        'Write `authorization: { kind: "AWS_IAM" }`, or take clientArns and clientUsers out.',
      ],
    ],
  },
  {
    rule: "a private API has no custom domain",
    environment: wrong(
      { endpoint: { kind: "PRIVATE", vpcEndpointIds: ["vpce-0123456789abcdef0"] }, customDomain },
      [{}],
      { dns },
    ),
    reported: [
      [
        "apis.store.customDomain",
        '"api.example.com"',
        "Custom domains of private APIs are resources of their own, which this project does not make.",
        "Take customDomain out, or choose the endpoint EDGE or REGIONAL.",
      ],
    ],
  },
  {
    rule: "a custom domain's zone is one of the environment's",
    environment: wrong({ customDomain }),
    reported: [
      [
        "apis.store.customDomain.zone",
        '"example.com"',
        "It names one of `dns.zones`, and there is none of this name, so the alias record has no place.",
        'Add `"example.com": { kind: "create" }` to `dns.zones`.',
      ],
    ],
  },
  {
    rule: "a custom domain lies in its zone",
    environment: wrong({ customDomain: { ...customDomain, name: "api.example.org" } }, [{}], { dns }),
    reported: [
      [
        "apis.store.customDomain.name",
        '"api.example.org"',
        "It does not end in example.com, so a record in that zone is never asked for.",
        "Write a name such as api.example.com, or another zone.",
      ],
    ],
  },
  {
    rule: "the certificate of an EDGE domain is of us-east-1",
    environment: wrong({ endpoint: { kind: "EDGE" }, customDomain }, [{}], { dns }),
    reported: [
      [
        "apis.store.customDomain.certificateArn",
        '"arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555"',
        "An EDGE domain is served by CloudFront, which takes certificates of ACM in us-east-1 alone.",
        "Name a certificate of us-east-1, or choose the endpoint REGIONAL.",
      ],
    ],
  },
  {
    rule: "the certificate of a regional domain is of its region",
    environment: wrong(
      { customDomain: { ...customDomain, certificateArn: certificate.replace("us-west-2", "us-east-1") } },
      [{}],
      { dns },
    ),
    reported: [
      [
        "apis.store.customDomain.certificateArn",
        '"arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-4333-8444-555555555555"',
        "The domain of a regional API takes certificates of ACM in its own region, us-west-2.",
        "Name a certificate of us-west-2.",
      ],
    ],
  },
  {
    rule: "a domain stands before one API",
    environment: environment({
      dns,
      apis: { one: { kind: "http", customDomain }, two: { kind: "http", customDomain } },
      workloads: { shop: workload([{ api: "one" }, { name: "b", api: "two" }]) },
    }),
    reported: [
      [
        "apis.two.customDomain.name",
        '"api.example.com"',
        "`apis.one.customDomain.name` makes this custom domain of API Gateway too; the account 123456789012 in us-west-2 holds one of a name.",
        "Give one of them another name.",
      ],
    ],
  },
  {
    rule: "a closed endpoint leaves a domain to call",
    environment: wrong({ disableExecuteApiEndpoint: true }),
    reported: [
      [
        "apis.store.disableExecuteApiEndpoint",
        "true",
        "The API has no custom domain, so nobody could call it at all.",
        "Add a customDomain, or take the line out.",
      ],
    ],
  },
  {
    rule: "a web ACL is regional and of the API's region",
    environment: wrong({
      webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/11111111-2222-4333-8444-555555555555",
    }),
    reported: [
      [
        "apis.store.webAclArn",
        '"arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/11111111-2222-4333-8444-555555555555"',
        "A stage takes a web ACL of WAFv2, scope REGIONAL, of its own region us-west-2, the stage of an EDGE API too.",
        'Write an ARN such as "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/<name>/<id>".',
      ],
    ],
  },
  {
    rule: "an HTTP API has no web ACL",
    environment: environment({
      apis: { store: { kind: "http", webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/1" } },
      workloads: { shop: workload([{}]) },
    }),
    reported: [
      [
        "apis.store.webAclArn",
        '"arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/1"',
        '`apis.store` of kind "http" has no option `webAclArn`.',
        'Remove it, or choose kind "rest", which has it.',
      ],
    ],
  },
  {
    rule: "CORS with credentials names its origins",
    environment: wrong({ kind: "http", cors: { allowOrigins: ["*"], allowCredentials: true } }),
    reported: [
      [
        "apis.store.cors.allowOrigins",
        '["*"]',
        "With allowCredentials browsers take no * for an origin, so every such answer would be refused.",
        "List the origins, or take allowCredentials out.",
      ],
    ],
  },
  {
    rule: "a usage plan has someone to count",
    environment: wrong({ usagePlan: {} }, [{ apiKeyRequired: false }]),
    reported: [
      [
        "apis.store.usagePlan",
        '{ keys: { kind: "outside" } }',
        "It counts calls by their API key, and every route of this API says apiKeyRequired: false.",
        "Take the usage plan out, or ask for a key on one route at least.",
      ],
    ],
  },
  {
    rule: "keys in the state have names",
    environment: wrong({ usagePlan: { keys: { kind: "in-state", names: [], reason } } }),
    reported: [
      [
        "apis.store.usagePlan.keys.names",
        "[]",
        "A plan with keys of its own has a key or more.",
        'Write a value such as ["shop"].',
      ],
    ],
  },
  {
    rule: "a key belongs to a usage plan",
    environment: wrong({}, [{ apiKeyRequired: true }]),
    reported: [
      [
        "workloads.shop.routes[0].apiKeyRequired",
        "true",
        "apis.store has no usage plan, and a key that belongs to none is refused, so nobody could call.",
        "Add `usagePlan: {}` to apis.store.",
      ],
    ],
  },
  {
    rule: "an HTTP API knows no keys",
    environment: wrong({ kind: "http" }, [{ apiKeyRequired: true }]),
    reported: [
      [
        "workloads.shop.routes[0].apiKeyRequired",
        "true",
        "apis.store is an HTTP API, which knows no API keys.",
        "Take the line out.",
      ],
    ],
  },
  {
    rule: "a method of a path stands once",
    environment: wrong({}, [{}, { name: "again" }]),
    reported: [
      [
        "workloads.shop.routes[1]",
        '{ api: "store", path: "/shop", match: { kind: "prefix" } }',
        "workloads.shop.routes[0] has the same method of the same path in this API.",
        "Give one of them another path, or an exact match with another method.",
      ],
    ],
  },
  {
    rule: "an exact match takes no path out of another's prefix",
    environment: wrong({}, [{}, { name: "list", path: "/shop/list", match: { kind: "exact", method: "GET" } }]),
    reported: [
      [
        "workloads.shop.routes[1].match",
        '{ kind: "exact", method: "GET" }',
        "workloads.shop.routes[0] takes everything below /shop, but of /shop/list a REST API would then answer GET alone and every other method with 403.",
        'Write `match: { kind: "exact", method: "ANY" }`, or a path outside of that prefix.',
      ],
    ],
  },
  {
    rule: "a listener leads to one workload",
    environment: wrong({}, [], { workloads: { shop: workload([{}]), cart: workload([{ path: "/cart" }]) } }),
    reported: [
      [
        "workloads.cart.routes[0].listenerPort",
        "nothing",
        "workloads.shop.routes[0] has the listener on port 80 of store, and a listener leads to one workload.",
        "Write a `listenerPort` that no other workload of this API has, or choose the API's reverseProxy.",
      ],
    ],
  },
  {
    rule: "two target groups have two names",
    environment: environment({
      apis: { store: { kind: "rest" }, "store-front": { kind: "rest" } },
      workloads: {
        "front-shop": workload([{}]),
        shop: workload([{ api: "store-front" }]),
      },
    }),
    reported: [
      [
        "workloads.shop.routes[0]",
        '"dev-store-front-shop-8080"',
        '`workloads["front-shop"].routes[0]` makes this target group too; the account 123456789012 in us-west-2 holds one of a name.',
        "Give one of them another name.",
      ],
    ],
  },
  {
    rule: "behind a reverse proxy there is no listener to choose",
    environment: wrong({ reverseProxy: { kind: "nginx" } }, [{ listenerPort: 8081 }]),
    reported: [
      [
        "workloads.shop.routes[0].listenerPort",
        "8081",
        "The reverse proxy of store has the only listener, on port 80.",
        "Take the line out.",
      ],
    ],
  },
  {
    rule: "a reverse proxy stands in one namespace",
    environment: wrong({ reverseProxy: { kind: "nginx" } }, [], {
      workloads: { shop: workload([{}]), cart: workload([{ path: "/cart" }], { namespace: "carts" }) },
    }),
    reported: [
      [
        "workloads.cart.routes[0].api",
        '"store"',
        "The reverse proxy of store stands in the namespace default of shop and knows Services there, and cart is in carts.",
        "Put the workloads into one namespace, or give this one another API.",
      ],
    ],
  },
  {
    rule: "a reverse proxy goes by path",
    environment: wrong({ reverseProxy: { kind: "nginx" } }, [], {
      workloads: {
        shop: workload([{ match: { kind: "exact", method: "GET" } }]),
        cart: workload([{ match: { kind: "exact", method: "POST" } }]),
      },
    }),
    reported: [
      [
        "workloads.cart.routes[0].path",
        '"/shop"',
        "workloads.shop.routes[0] has the same path, and the reverse proxy of store distinguishes workloads by path and not by method.",
        "Give one of them another path, or choose no reverseProxy.",
      ],
    ],
  },
  {
    rule: "a REST API waits 29 seconds",
    environment: wrong({}, [{ timeoutMilliseconds: 30000 }]),
    reported: [
      [
        "workloads.shop.routes[0].timeoutMilliseconds",
        "30000",
        "A REST API gives up after 29000 milliseconds.",
        "Write 29000 or less, and let longer work go on behind the answer.",
      ],
    ],
  },
  {
    rule: "an HTTP API waits 30 seconds",
    environment: wrong({ kind: "http" }, [{ timeoutMilliseconds: 31000 }]),
    reported: [
      [
        "workloads.shop.routes[0].timeoutMilliseconds",
        "31000",
        "An HTTP API gives up after 30000 milliseconds.",
        "Write 30000 or less, and let longer work go on behind the answer.",
      ],
    ],
  },
  {
    rule: "an integration waits 50 milliseconds or more",
    environment: wrong({}, [{ timeoutMilliseconds: 10 }]),
    reported: [
      ["workloads.shop.routes[0].timeoutMilliseconds", "10", "The least it can be is 50.", "Write 50 or more."],
    ],
  },
  {
    rule: "a REST API has no JWT authorizer",
    environment: wrong({}, [{ authorization: { kind: "JWT", issuer, audience: ["shop"] } }]),
    reported: [
      [
        "workloads.shop.routes[0].authorization.kind",
        '"JWT"',
        "apis.store is a REST API, which has no JWT authorizer.",
        'Write `kind: "COGNITO_USER_POOLS"` with userPoolArns, or make the API of kind "http".',
      ],
    ],
  },
  {
    rule: "an HTTP API has no Cognito authorizer",
    environment: wrong({ kind: "http" }, [
      {
        authorization: {
          kind: "COGNITO_USER_POOLS",
          userPoolArns: ["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_a"],
        },
      },
    ]),
    reported: [
      [
        "workloads.shop.routes[0].authorization.kind",
        '"COGNITO_USER_POOLS"',
        "apis.store is an HTTP API, which has no Cognito authorizer of its own.",
        'Write `kind: "JWT"` with the pool\'s issuer, or make the API of kind "rest".',
      ],
    ],
  },
  {
    rule: "an HTTP API hands answers on as they are",
    environment: wrong({ kind: "http" }, [{ integration: { ...publicHost, type: "HTTP" } }]),
    reported: [
      [
        "workloads.shop.routes[0].integration.type",
        '"HTTP"',
        "apis.store is an HTTP API, which hands requests and answers on as they are.",
        "Take the line out.",
      ],
    ],
  },
  {
    rule: "a REST API has no $default stage",
    environment: wrong({ stage: { name: "$default" } }),
    reported: [
      [
        "apis.store.stage.name",
        '"$default"',
        "A stage's name has letters, digits, hyphens and underscores, at most 128.",
        'Write a value such as "live".',
      ],
    ],
  },
  {
    rule: "a path has no variables of its own",
    environment: wrong({}, [{ path: "/shop/{id}" }]),
    reported: [
      [
        "workloads.shop.routes[0].path",
        '"/shop/{id}"',
        "A path of an API begins with / and does not end with it; its parts have letters, digits and . _ : -.",
        'Write a value such as "/orders".',
      ],
    ],
  },
  {
    rule: "API Gateway keeps paths for itself",
    environment: wrong({}, [{ path: "/ping" }]),
    reported: [
      [
        "workloads.shop.routes[0].path",
        '"/ping"',
        "API Gateway keeps this path for its own health check, and answers it itself behind a custom domain.",
        "Write another path.",
      ],
    ],
  },
  {
    rule: "nobody is let in without a reason",
    environment: wrong({ authorization: { kind: "NONE" } }),
    reported: [
      [
        "apis.store.authorization.reason",
        "nothing",
        "It is a weaker choice, and nobody says why it is made.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
  {
    rule: "a private API lists VPC endpoints",
    environment: wrong({ endpoint: { kind: "PRIVATE", vpcEndpointIds: ["vpc-1"] } }),
    reported: [
      [
        "apis.store.endpoint.vpcEndpointIds[0]",
        '"vpc-1"',
        "A VPC endpoint looks like vpce-0123456789abcdef0.",
        'Write a value such as "vpce-0123456789abcdef0".',
      ],
    ],
  },
  {
    rule: "a stage without logs has a reason",
    environment: wrong({ accessLogs: { kind: "off" } }),
    reported: [
      [
        "apis.store.accessLogs.reason",
        "nothing",
        "It is a weaker choice, and nobody says why it is made.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
];
