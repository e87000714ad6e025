import { describe, expect, it } from "vitest";
import type { Problem } from "../../../modules/schema/problem";
import type { EnvironmentInput } from "../../../platform/environment";
import { namesInAwsUnique } from "../../../platform/rules/environments";
import { egressLeftOpen } from "../../../platform/rules/mesh";
import { workloadProblems } from "../../platform/workload-rules/declared";
import { declared, type MeshChange, parsed, problemsOf, workload } from "./declaration";

type Kind = "app-mesh" | "lattice";

interface Case {
  readonly name: string;
  readonly kind: Kind;
  readonly mesh?: MeshChange;
  readonly change?: Partial<EnvironmentInput>;
  readonly problem: Problem;
}

/** Workloads of the declaration with some of them changed, or more of them. */
function workloads(changes: Readonly<Record<string, Parameters<typeof workload>[1]>>): Partial<EnvironmentInput> {
  const before = declared("app-mesh").workloads ?? {};
  const changed = Object.entries(changes).map(([name, change]) => [
    name,
    { ...(before[name] ?? workload({ app: name })), ...change },
  ]);
  return { workloads: { ...before, ...Object.fromEntries(changed) } };
}

const versions = (count: number) => Array.from({ length: count }, (_, index) => ({ workload: `v${index}` }));
const workloadsOfVersions = (count: number) =>
  workloads(
    Object.fromEntries(versions(count).map(({ workload: name }) => [name, { labels: { app: "many", version: name } }])),
  );
const noGateway = { gateway: undefined };

const cases: readonly Case[] = [
  {
    name: "a member is a workload that exists",
    kind: "app-mesh",
    mesh: { services: { stock: { versions: [{ workload: "stok-1" }] } }, clients: {}, ...noGateway },
    problem: {
      path: "mesh.services.stock.versions[0].workload",
      value: "stok-1",
      rule: "a member of a mesh is a workload of the environment, and there is none of this name",
      remedy: 'did you mean "stock-1"? Otherwise add it to `workloads`',
    },
  },
  {
    name: "a member is in the mesh's namespace",
    kind: "lattice",
    change: workloads({ web: { namespace: "other" } }),
    problem: {
      path: "mesh.clients.web.workload",
      value: "web",
      rule: "its pods are in the namespace other, and the mesh is in shop",
      remedy: 'write `namespace: "shop"` in workloads.web, or name another workload',
    },
  },
  {
    name: "a workload is one member, not two",
    kind: "app-mesh",
    mesh: { clients: { buyer: { workload: "stock-1", backends: ["cart"] } } },
    problem: {
      path: "mesh.clients.buyer.workload",
      value: "stock-1",
      rule: "mesh.services.stock.versions[0].workload names this workload already, and its pods can be one member of the mesh, not two",
      remedy: "name each workload once; a service that a client calls stands in the client's `backends`",
    },
  },
  {
    name: "a backend is a service that exists",
    kind: "app-mesh",
    mesh: { clients: { web: { workload: "web", backends: ["card"] } } },
    problem: {
      path: "mesh.clients.web.backends[0]",
      value: "card",
      rule: "a backend is a service of this mesh, and there is none of this name",
      remedy: 'did you mean "cart"? Otherwise add it to `mesh.services`',
    },
  },
  {
    name: "a backend stands in a list once",
    kind: "app-mesh",
    mesh: { clients: { web: { workload: "web", backends: ["cart", "cart"] } } },
    problem: {
      path: "mesh.clients.web.backends[1]",
      value: "cart",
      rule: "the same backend stands here twice, and App Mesh refuses that",
      remedy: "take one of the two out",
    },
  },
  {
    name: "a service has ten versions at most",
    kind: "app-mesh",
    mesh: { services: { many: { versions: versions(11) } }, clients: {}, ...noGateway },
    change: workloadsOfVersions(11),
    problem: {
      path: "mesh.services.many.versions",
      value: "11 versions",
      rule: "a route shares requests among 10 targets at most, with App Mesh and with VPC Lattice",
      remedy: "take versions out, or make a second service of some",
    },
  },
  {
    name: "some version has a weight",
    kind: "lattice",
    mesh: { services: { stock: { versions: [{ workload: "stock-1", weight: 0 }] } }, clients: {}, ...noGateway },
    problem: {
      path: "mesh.services.stock.versions",
      value: [0],
      rule: "every weight is 0, so no version gets a request and every call fails",
      remedy: "give one version or more a weight above 0",
    },
  },
  {
    name: "App Mesh's weights come to 100 at most",
    kind: "app-mesh",
    mesh: {
      services: {
        cart: {
          versions: [
            { workload: "cart-1", weight: 100 },
            { workload: "cart-2", weight: 1 },
          ],
        },
      },
      clients: {},
    },
    problem: {
      path: "mesh.services.cart.versions",
      value: [100, 1],
      rule: "the weights come to 101, and App Mesh takes 100 at most for all of them",
      remedy: "write them as shares of 100, such as 90 and 10",
    },
  },
  {
    name: "Lattice's weights are 999 at most",
    kind: "lattice",
    mesh: { services: { stock: { versions: [{ workload: "stock-1", weight: 1000 }] } }, clients: {}, ...noGateway },
    problem: {
      path: "mesh.services.stock.versions[0].weight",
      value: 1000,
      rule: "VPC Lattice takes weights from 0 to 999",
      remedy: "write smaller numbers in the same proportion",
    },
  },
  {
    name: "versions have a label in common",
    kind: "app-mesh",
    change: workloads({ "cart-2": { labels: { app: "cart-two" } } }),
    problem: {
      path: "mesh.services.cart.versions",
      value: ["cart-1", "cart-2"],
      rule: "their pods have no label in common, so the Service cart could not select them all",
      remedy:
        'give these workloads one, such as `labels: { app: "cart", ... }`, and a second one that tells them apart',
    },
  },
  {
    name: "the Service over the versions selects nobody else",
    kind: "lattice",
    change: workloads({ batch: { labels: { app: "cart", role: "batch" } } }),
    problem: {
      path: "workloads.batch.labels",
      value: { app: "cart", role: "batch" },
      rule: "the Service cart selects app=cart, what its versions have in common, and these pods carry it too",
      remedy: "give batch another value there, or make it a version of cart",
    },
  },
  {
    name: "versions of a service listen on one port",
    kind: "lattice",
    change: workloads({ "cart-2": { port: 9090 } }),
    problem: {
      path: "mesh.services.cart.versions",
      value: { "cart-1": 8080, "cart-2": 9090 },
      rule: "their containers listen on different ports, and the Service cart over all of them has one target port",
      remedy: "let them listen on the same port",
    },
  },
  {
    name: "the gateway's selector takes no member",
    kind: "app-mesh",
    change: workloads({ web: { labels: { app: "web", for: "gateway" } } }),
    problem: {
      path: "workloads.web.labels",
      value: { app: "web", for: "gateway" },
      rule: "the gateway's pods are selected by for=gateway, and the injector refuses a pod that is a member and a gateway",
      remedy: "give web another value of the label for",
    },
  },
  {
    name: "a service is not called like a workload's Service",
    kind: "lattice",
    change: workloads({ "stock-1": { names: { service: "cart" } } }),
    problem: {
      path: "mesh.services.cart",
      value: "cart",
      rule: 'workloads["stock-1"] makes a Service of this name in the namespace shop too, and there can be one',
      remedy: "give one of them another name",
    },
  },
  {
    name: "two VirtualNodes have two names",
    kind: "app-mesh",
    mesh: { clients: { "stock-1": { workload: "web", backends: ["cart"] } } },
    problem: {
      path: 'mesh.clients["stock-1"]',
      value: "stock-1",
      rule: "mesh.services.stock.versions[0].node makes a VirtualNode of this name in the namespace shop too, and there can be one",
      remedy: "give one of them another name",
    },
  },
  {
    name: "the gateway is not called like a service",
    kind: "app-mesh",
    mesh: { gateway: { name: "stock", routes: [{ service: "cart" }] } },
    problem: {
      path: "mesh.gateway.name",
      value: "stock",
      rule: "mesh.services.stock makes a Service of this name in the namespace shop too, and there can be one",
      remedy: "give one of them another name",
    },
  },
  {
    name: "the Gateway of the service network is not called like another Gateway",
    kind: "lattice",
    change: { gateways: { shop: { kind: "alb", namespace: "shop" } } },
    problem: {
      path: "mesh.name",
      value: "shop",
      rule: "gateways.shop makes a Gateway of this name in the namespace shop too, and there can be one",
      remedy: "give one of them another name",
    },
  },
  {
    name: "a gateway leads to services that exist",
    kind: "app-mesh",
    mesh: { gateway: { routes: [{ service: "basket" }] } },
    problem: {
      path: "mesh.gateway.routes[0].service",
      value: "basket",
      rule: "a gateway leads to services of its mesh, and there is none of this name",
      remedy: "add it to `mesh.services`",
    },
  },
  {
    name: "a gateway leads to services of http",
    kind: "app-mesh",
    mesh: {
      services: { stock: { protocol: "grpc", versions: [{ workload: "stock-1" }] } },
      clients: {},
      gateway: { routes: [{ service: "stock" }] },
    },
    problem: {
      path: "mesh.gateway.routes[0].service",
      value: "stock",
      rule: "the gateway speaks http, and this service grpc",
      remedy: 'lead to a service of http, or write `protocol: "http"` in mesh.services.stock',
    },
  },
  {
    name: "two routes of a gateway have two prefixes",
    kind: "lattice",
    mesh: { gateway: { routes: [{ service: "cart" }, { service: "stock" }] } },
    problem: {
      path: "mesh.gateway.routes[1].prefix",
      value: "/",
      rule: "mesh.gateway.routes[0].prefix is the same, so one of the two routes is never reached",
      remedy: "give one of them another prefix",
    },
  },
  {
    name: "the gateway leaves Envoy its own port",
    kind: "app-mesh",
    mesh: { gateway: { port: 9901, routes: [{ service: "cart" }] } },
    problem: {
      path: "mesh.gateway.port",
      value: 9901,
      rule: "Envoy's own administration listens there",
      remedy: "write another port, such as 8088",
    },
  },
  {
    name: "a gateway has the controller of its load balancer",
    kind: "lattice",
    change: { controllers: {} },
    problem: {
      path: "mesh.gateway",
      value: "entrance",
      rule: "its load balancer is made by the AWS Load Balancer Controller, which is not enabled",
      remedy: "add `awsLoadBalancerController: {}` to `controllers`",
    },
  },
  {
    name: "a gateway's certificate is of its region",
    kind: "lattice",
    mesh: {
      gateway: {
        routes: [{ service: "cart" }],
        certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-4333-8444-555555555555",
      },
    },
    problem: {
      path: "mesh.gateway.certificateArn",
      value: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-4333-8444-555555555555",
      rule: "it belongs to eu-west-1, and the load balancer stands in us-west-2; a load balancer takes nothing from another region",
      remedy: "name one of us-west-2",
    },
  },
  {
    name: "a gateway's certificate is of its account",
    kind: "app-mesh",
    mesh: {
      gateway: {
        routes: [{ service: "cart" }],
        certificateArn: "arn:aws:acm:us-west-2:210987654321:certificate/11111111-2222-4333-8444-555555555555",
      },
    },
    problem: {
      path: "mesh.gateway.certificateArn",
      value: "arn:aws:acm:us-west-2:210987654321:certificate/11111111-2222-4333-8444-555555555555",
      rule: "it belongs to the account 210987654321, and a load balancer takes certificates of its own account alone",
      remedy: "name one of the account 123456789012",
    },
  },
  {
    name: "a gateway's certificate is a certificate",
    kind: "app-mesh",
    mesh: {
      gateway: {
        routes: [{ service: "cart" }],
        certificateArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555",
      },
    },
    problem: {
      path: "mesh.gateway.certificateArn",
      value: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555",
      rule: "it is no certificate: those are of ACM, or uploaded to IAM",
      remedy:
        'write an ARN such as "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555"',
    },
  },
  {
    name: "App Mesh's gateway has somewhere to run",
    kind: "app-mesh",
    change: {
      identity: { workloads: "irsa" },
      cluster: { fargateProfiles: { carts: { selectors: [{ namespace: "shop", labels: { app: "cart" } }] } } },
    },
    problem: {
      path: "mesh.gateway",
      value: "entrance",
      rule: "the cluster has no nodes, and no Fargate profile selects the gateway's pods in the namespace shop, so they never start",
      remedy: 'add `{ namespace: "shop" }` to the selectors of a Fargate profile, or add a node group',
    },
  },
  {
    name: "the mesh's namespace has the mesh's own label",
    kind: "app-mesh",
    change: { namespaces: { shop: { labels: { mesh: "other" } } } },
    problem: {
      path: "namespaces.shop.labels.mesh",
      value: "other",
      rule: "App Mesh finds the mesh's namespace and its pods by this label with the value shop",
      remedy: "take the line out: the mesh sets the label itself",
    },
  },
  {
    name: "App Mesh's namespace admits what the injector adds",
    kind: "app-mesh",
    change: { namespaces: { shop: { podSecurity: "baseline" } } },
    problem: {
      path: "namespaces.shop.podSecurity",
      value: "baseline",
      rule: "App Mesh puts a container with NET_ADMIN into every member, and Kubernetes would refuse the pods",
      remedy: "take the line out, and it becomes privileged with App Mesh alone",
    },
  },
  {
    name: "App Mesh's members have Services on the containers' ports",
    kind: "app-mesh",
    change: workloads({ "stock-1": { servicePort: 80 } }),
    problem: {
      path: 'workloads["stock-1"].servicePort',
      value: 80,
      rule: "App Mesh's Envoys call the Service on the container's own port, 8080",
      remedy: "take the line out: the Service then has the container's port",
    },
  },
  {
    name: "App Mesh's members let the injector's container be root",
    kind: "app-mesh",
    change: workloads({ web: { security: { kind: "restricted" } } }),
    problem: {
      path: "workloads.web.security",
      value: { kind: "restricted", runAsUser: 10001, readOnlyRootFilesystem: true },
      rule: "the pod's user would also be that of the container that App Mesh puts in to redirect traffic, which has to be root",
      remedy: 'write `security: { kind: "baseline", reason: "..." }`',
    },
  },
  {
    name: "an Envoy signs in by a service account that may ask App Mesh",
    kind: "app-mesh",
    change: workloads({ web: { serviceAccount: { existing: "robot" } } }),
    problem: {
      path: "workloads.web.serviceAccount",
      value: { existing: "robot" },
      rule: "it is made elsewhere, and nothing here lets an Envoy under it ask App Mesh for its configuration",
      remedy: "take the line out, and the workload shares appmesh-proxyauth; or name an account of its own",
    },
  },
  {
    name: "a member of App Mesh takes no role through kube2iam",
    kind: "app-mesh",
    change: workloads({ web: { aws: { kind: "kube2iam", role: "reader" } } }),
    problem: {
      path: "workloads.web.aws",
      value: { kind: "kube2iam", role: "reader" },
      rule: "its Envoy signs in by the service account, and what that account may do would then hide the role of kube2iam",
      remedy: 'write `aws: { kind: "role", ... }`, or take the workload out of the mesh',
    },
  },
  {
    name: "Envoys on Fargate do not sign in by Pod Identity",
    kind: "app-mesh",
    change: {
      cluster: {
        nodeGroups: { general: {} },
        fargateProfiles: { carts: { selectors: [{ namespace: "shop", labels: { app: "web" } }] } },
      },
    },
    problem: {
      path: "identity.workloads",
      value: "pod-identity",
      rule: "Fargate runs pods of the mesh and no Pod Identity agent, so their Envoys would get no credentials",
      remedy: 'write `identity: { workloads: "irsa" }`, or a Fargate selector that leaves these pods to nodes',
    },
  },
  ...(["http2", "grpc", "tcp"] as const).map(
    (protocol): Case => ({
      name: `Lattice carries no ${protocol}`,
      kind: "lattice",
      mesh: { services: { stock: { protocol, versions: [{ workload: "stock-1" }] } }, clients: {}, ...noGateway },
      problem: {
        path: "mesh.services.stock.protocol",
        value: protocol,
        rule: "VPC Lattice carries HTTP, and nothing else without certificates, which this mesh has none of",
        remedy: 'write `protocol: "http"`, or keep the service out of the mesh',
      },
    }),
  ),
  {
    name: "a port of Lattice's service network is called by HTTP or by HTTPS",
    kind: "lattice",
    mesh: {
      services: {
        cart: { versions: [{ workload: "cart-1" }] },
        stock: { tls: true, versions: [{ workload: "stock-1" }] },
      },
      clients: {},
      ...noGateway,
    },
    problem: {
      path: "mesh.services.stock.port",
      value: 80,
      rule: "mesh.services.cart is called by HTTP on the same port, and a listener of the service network speaks one of the two",
      remedy: "write another port, such as 443",
    },
  },
  {
    name: "App Mesh has no certificates here",
    kind: "app-mesh",
    mesh: { services: { stock: { tls: true, versions: [{ workload: "stock-1" }] } }, clients: {}, ...noGateway },
    problem: {
      path: "mesh.services.stock.tls",
      value: true,
      rule: "App Mesh would need certificates beside every Envoy, which this mesh has none of",
      remedy: "take it out",
    },
  },
  {
    name: "Lattice's service names have 40 characters at most",
    kind: "lattice",
    mesh: {
      services: { "a-service-with-a-name-of-thirty-six-c": { versions: [{ workload: "stock-1" }] } },
      clients: {},
      ...noGateway,
    },
    problem: {
      path: 'mesh.services["a-service-with-a-name-of-thirty-six-c"]',
      value: "a-service-with-a-name-of-thirty-six-c",
      rule: "the service of VPC Lattice would be called shop-a-service-with-a-name-of-thirty-six-c, which is 42 characters; it allows 40",
      remedy: "write 35 characters or less, or a shorter name of the mesh",
    },
  },
  {
    name: "Lattice takes no two hyphens in a row",
    kind: "lattice",
    mesh: { services: { "st--ock": { versions: [{ workload: "stock-1" }] } }, clients: {}, ...noGateway },
    problem: {
      path: 'mesh.services["st--ock"]',
      value: "st--ock",
      rule: "VPC Lattice takes no name with two hyphens in a row",
      remedy: "write one hyphen",
    },
  },
  {
    name: "Lattice takes no name that begins like its ids",
    kind: "lattice",
    mesh: { name: "svc-net" },
    problem: {
      path: "mesh.name",
      value: "svc-net",
      rule: "the names of its services in VPC Lattice begin with it, and svc- is for the ids that VPC Lattice gives",
      remedy: "write another beginning",
    },
  },
  {
    name: "a service network's name has three characters",
    kind: "lattice",
    mesh: { name: "a1" },
    problem: {
      path: "mesh.name",
      value: "a1",
      rule: "a service network's name has 3 characters or more",
      remedy: "write a longer name",
    },
  },
  {
    name: "the ALB before Lattice's members takes five versions",
    kind: "lattice",
    mesh: {
      services: { many: { versions: versions(6) } },
      clients: {},
      gateway: { routes: [{ service: "many" }] },
    },
    change: workloadsOfVersions(6),
    problem: {
      path: "mesh.gateway.routes[0].service",
      value: "many",
      rule: "it has 6 versions, and the ALB before them shares requests among 5 at most",
      remedy: "take versions out, or lead to a service with fewer that calls this one",
    },
  },
  {
    name: "the ALB before Lattice's members asks all versions alike",
    kind: "lattice",
    change: workloads({ "cart-2": { probes: { readiness: { kind: "http", path: "/ready" } } } }),
    problem: {
      path: "mesh.gateway.routes[0].service",
      value: { "cart-1": "none", "cart-2": "/ready on 8080" },
      rule: "the ALB asks all versions of cart for one path on one port, and their HTTP readiness probes differ",
      remedy: "give these workloads the same readiness probe",
    },
  },
  {
    name: "the ALB before Lattice's members takes prefixes alone",
    kind: "lattice",
    mesh: { gateway: { routes: [{ service: "cart", prefix: "/cart/*" }] } },
    problem: {
      path: "mesh.gateway.routes[0].prefix",
      value: "/cart/*",
      rule: "the ALB takes prefixes of 126 characters at most, and no * in them",
      remedy: "write a shorter prefix without *",
    },
  },
];

describe("what cannot work in a mesh", () => {
  it.each(["app-mesh", "lattice"] as const)("a declaration that works has no problem (%s)", (kind) => {
    expect(problemsOf(declared(kind))).toEqual([]);
  });

  it.each(cases.map((one) => [one.name, one] as const))("%s", (_name, { kind, mesh, change, problem }) => {
    expect(problemsOf(declared(kind, mesh, change))).toEqual([problem]);
  });

  it("App Mesh is kept out of the namespaces that every cluster has", () => {
    const home = { namespace: "kube-system" };
    const all = Object.fromEntries(Object.keys(declared("app-mesh").workloads ?? {}).map((name) => [name, home]));
    expect(problemsOf(declared("app-mesh", home, workloads(all)))).toEqual([
      {
        path: "mesh.namespace",
        value: "kube-system",
        rule: "every pod of the mesh's namespace has to pass App Mesh's injector, and in this one the cluster has pods of its own",
        remedy: "write a namespace that is the mesh's alone",
      },
    ]);
  });

  it.each([
    ["app-mesh", 0, "an NLB on the internet needs public subnets in 1 zone or more, and the network has 0"],
    ["lattice", 1, "an ALB on the internet needs public subnets in 2 zones or more, and the network has 1"],
  ] as const)("a gateway on the internet has public subnets (%s)", (kind, count, rule) => {
    const subnet = "subnet-0123456789abcdef0";
    const network = {
      kind: "existing" as const,
      vpcId: "vpc-0123456789abcdef0",
      cidr: "10.0.0.0/16",
      privateSubnetIds: [subnet, "subnet-0123456789abcdef1"],
      publicSubnetIds: Array.from({ length: count }, () => "subnet-0123456789abcdef2"),
    };
    const gateway = { exposure: "internet-facing" as const, routes: [{ service: "cart" }] };
    expect(problemsOf(declared(kind, { gateway }, { network }))).toEqual([
      {
        path: "mesh.gateway.exposure",
        value: "internet-facing",
        rule,
        remedy: 'list the subnets in `network.publicSubnetIds`, or write `exposure: "internal"`',
      },
    ]);
  });

  it("the seed's defect is refused: two versions whose pods nothing tells apart", () => {
    const alike = workloads({ "cart-1": { labels: { app: "cart" } }, "cart-2": { labels: { app: "cart" } } });
    expect(
      workloadProblems(parsed(declared("app-mesh", {}, alike))).map(({ path, value }) => ({ path, value })),
    ).toEqual([{ path: 'workloads["cart-2"].labels', value: { app: "cart" } }]);
  });

  it("two environments of one account and region have meshes of two names", () => {
    const files = ["one", "two"].map((name) => ({
      file: `environments/${name}.ts`,
      environment: parsed({ ...declared("lattice"), name }),
    }));
    expect(namesInAwsUnique(files).filter(({ problem }) => problem.path === "mesh.name")).toEqual([
      {
        file: "environments/two.ts",
        problem: {
          path: "mesh.name",
          value: "shop",
          rule: "environments/one.ts makes this service network of VPC Lattice too; the account 123456789012 in us-west-2 holds one of a name",
          remedy: "give one of them another name, or one environment another account",
        },
      },
    ]);
  });

  it("that Lattice drops no egress is reported to whoever asks it to, and to nobody else", () => {
    const reported = (kind: Kind, mesh: MeshChange) => egressLeftOpen(parsed(declared(kind, mesh)));
    expect(reported("lattice", { egress: "DROP_ALL" })).toEqual([
      'mesh.egress is "DROP_ALL", and VPC Lattice stands in nobody\'s way: its members call what the network lets them. Network policies can hold them back.',
    ]);
    expect(reported("lattice", {})).toEqual([]);
    expect(reported("app-mesh", { egress: "DROP_ALL" })).toEqual([]);
  });
});
