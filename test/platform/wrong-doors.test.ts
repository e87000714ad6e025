import { describe, expect, it } from "vitest";
import { checkEnvironments } from "../../platform/load";
import { endpoint, environment, today, type WrongEnvironment, workloads } from "./fixtures";
import { wrongGroups } from "./wrong/alb-groups";
import { wrongCallers } from "./wrong/callers";
import { wrongGateways } from "./wrong/gateways";
import { wrongGuards, wrongPlaces } from "./wrong/guards";
import { wrongNginx } from "./wrong/nginx";
import { wrongRecords } from "./wrong/records";
import { wrongDepth, wrongIssuers } from "./wrong/route-depth";
import { wrongTls } from "./wrong/tls";
import { itReportsEach } from "./wrong-environments";

const file = "environments/dev.ts";

const kube2iam: readonly WrongEnvironment[] = [
  {
    rule: "kube2iam has nodes to run on",
    environment: environment({
      cluster: {
        autoMode: { kind: "on" },
        endpoint,
        access: {
          operators: {
            principalArn: "arn:aws:iam::123456789012:role/operators",
            policies: [{ policy: "cluster-admin" }],
          },
        },
      },
      controllers: { kube2iam: {} },
    }),
    reported: [
      [
        "controllers.kube2iam",
        '{ namespaceRestrictions: { kind: "on" }, resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "12...',
        "It runs on the nodes of node groups and with their role, and there is no node group.",
        'Take it out and write `aws: { kind: "role", ... }` in the workloads, or add `nodeGroups: { general: {} }` to `cluster`.',
      ],
    ],
  },
];

const ack: readonly WrongEnvironment[] = [
  {
    rule: "APIs of ACK have names apart, in whatever namespace they are",
    environment: workloads(
      {
        cart: { namespace: "one", routes: [{ kind: "ack-api-gateway", name: "orders" }] },
        till: { namespace: "two", routes: [{ kind: "ack-api-gateway", name: "orders" }] },
      },
      { controllers: { awsLoadBalancerController: {}, ackApiGateway: {} } },
    ),
    reported: [
      [
        "workloads.till.routes[0]",
        '"/aws/vendedlogs/apigateway/dev-ack-orders"',
        "`workloads.cart.routes[0]` makes this log group too; the account 123456789012 in us-west-2 holds one of a name.",
        "Give one of them another name.",
      ],
    ],
  },
];

const tables: readonly (readonly [topic: string, table: readonly WrongEnvironment[]])[] = [
  ["kube2iam", kube2iam],
  ["nginx", wrongNginx],
  ["records", wrongRecords],
  ["certificates and TLS", wrongTls],
  ["callers and connections", wrongCallers],
  ["gateways", wrongGateways],
  ["ACK", ack],
  ["groups of an ALB", wrongGroups],
  ["depth of a route", wrongDepth],
  ["issuers", wrongIssuers],
  ["web ACLs and who may call", wrongGuards],
  ["where a door stands", wrongPlaces],
];

describe.each(tables)("a wrong environment: %s", (_topic, table) => {
  itReportsEach(table);
});

describe("a remedy", () => {
  const reported = tables.flatMap(([, table]) => table.flatMap((wrong) => wrong.reported));

  it("is there for sixty wrong doors and more", () => {
    expect(tables.flatMap(([, table]) => table).length).toBeGreaterThan(60);
  });

  it("never opens what was closed", () => {
    const opening =
      /0\.0\.0\.0|::\/0|internet-facing|"?kind"?: "(off|NONE|anyone|NodePort|assigned-by-aws)"|plainHttp: \{|security team/;
    expect(reported.filter(([, , , remedy]) => opening.test(remedy))).toEqual([]);
  });

  it("takes away nothing that stops a caller", () => {
    const guards = /(callers|clientCertificates|authorization|webAcl|inboundCidrs|inboundLists|networkPolicies)$/;
    expect(reported.filter(([path, , , remedy]) => guards.test(path) && /take it out/i.test(remedy))).toEqual([]);
  });
});

describe("a warning", () => {
  const warnings = (controllers: object) =>
    checkEnvironments([{ file, name: "dev", value: environment({ controllers }) }], today).warnings;

  it("tells whoever has kube2iam of Pod Identity, and nobody else", () => {
    expect(warnings({ kube2iam: {} })).toEqual([
      {
        file,
        message:
          'controllers.kube2iam: EKS Pod Identity does the same without a privileged pod on every node; write `aws: { kind: "role", ... }` instead of kind "kube2iam" in the workloads',
      },
    ]);
    expect(warnings({})).toEqual([]);
  });
});
