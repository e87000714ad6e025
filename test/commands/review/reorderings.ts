import { type Editable, manifest, set, values } from "../../support/change-stacks";
import { statements } from "./changes";

/** A change of how something is written that changes nothing. */
export interface Reordering {
  readonly name: string;
  readonly environment: string;
  readonly make: (stacks: Editable) => void;
}

type Fields = { [key: string]: unknown };

/** Turns the order of the keys of every object round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((current, key) => (Array.isArray(current) ? current[0] : current)?.[key as keyof object], value);

/** Turns a list round. */
function reversed(stacks: Editable, stack: keyof Editable, address: string, path: readonly string[]): void {
  const list = at(stacks[stack], "resource", ...address.split("."), ...path);
  if (!Array.isArray(list) || list.length < 2) throw new Error(`no list of two at ${address}.${path.join(".")}`);
  set(stacks, stack, address, path, list.toReversed());
}

const policy = "aws_iam_policy.awsLoadBalancerController_policy";
const prodIngress = "kubernetes_ingress_v1.workload_shop_alb";
const lists = (value: string | string[] | undefined): string[] => [value ?? []].flat();

export const reorderings: readonly Reordering[] = [
  { name: "keys of every object", environment: "prod", make: (s) => Object.assign(s, turned(s)) },
  {
    name: "cdktf's notes",
    environment: "dev",
    make: (s) => set(s, "cluster", "aws_vpc.network", ["//"], { metadata: { path: "elsewhere" } }),
  },
  {
    name: "subnets of the cluster, a set",
    environment: "dev",
    make: (s) => reversed(s, "cluster", "aws_eks_cluster.cluster", ["vpc_config", "subnet_ids"]),
  },
  {
    name: "log types of the control plane, a set",
    environment: "dev",
    make: (s) => reversed(s, "cluster", "aws_eks_cluster.cluster", ["enabled_cluster_log_types"]),
  },
  {
    name: "subnets of a node group, a set",
    environment: "prod",
    make: (s) => reversed(s, "cluster", "aws_eks_node_group.cluster_nodes_general", ["subnet_ids"]),
  },
  {
    name: "subnets of an interface endpoint, a set",
    environment: "prod",
    make: (s) => reversed(s, "cluster", "aws_vpc_endpoint.network_endpoints_sts", ["subnet_ids"]),
  },
  {
    name: "route tables of a gateway endpoint, a set",
    environment: "prod",
    make: (s) => reversed(s, "cluster", "aws_vpc_endpoint.network_s3", ["route_table_ids"]),
  },
  {
    name: "what a resource waits for",
    environment: "prod",
    make: (s) => reversed(s, "cluster", "aws_eks_node_group.cluster_nodes_general", ["depends_on"]),
  },
  { name: "statements of a policy", environment: "dev", make: (s) => statements(s, policy, (all) => all.toReversed()) },
  {
    name: "actions of a policy",
    environment: "dev",
    make: (s) => statements(s, policy, (all) => all.map((one) => ({ ...one, Action: lists(one.Action).toReversed() }))),
  },
  {
    name: "actions in capitals",
    environment: "dev",
    make: (s) =>
      statements(s, policy, (all) =>
        all.map((one) => ({ ...one, Action: lists(one.Action).map((action) => action.toUpperCase()) })),
      ),
  },
  {
    name: "a text instead of a list of one",
    environment: "dev",
    make: (s) =>
      statements(s, policy, ([first, ...all]) =>
        first === undefined ? all : [{ ...first, Action: lists(first.Action)[0] ?? "" }, ...all],
      ),
  },
  {
    name: "a list of one instead of a text",
    environment: "dev",
    make: (s) => statements(s, policy, (all) => all.map((one) => ({ ...one, Resource: lists(one.Resource) }))),
  },
  {
    name: "actions of a trust policy",
    environment: "dev",
    make: (s) =>
      statements(
        s,
        "aws_iam_role.externalDns_role",
        (all) => all.map((one) => ({ ...one, Action: lists(one.Action).toReversed() })),
        "assume_role_policy",
      ),
  },
  {
    name: "keys of Helm values",
    environment: "dev",
    make: (s) =>
      values(s, "controllers", "cert-manager", (v) => {
        for (const [key, value] of Object.entries(turned(v) as Fields)) {
          delete v[key];
          v[key] = value;
        }
      }),
  },
  {
    name: "blanks in JSON text",
    environment: "dev",
    make: (s) => {
      const [text] = at(s.controllers, "resource", "helm_release", "external-dns", "values") as readonly string[];
      set(s, "controllers", "helm_release.external-dns", ["values"], [JSON.stringify(JSON.parse(text ?? ""), null, 4)]);
    },
  },
  {
    name: "manifests of one release",
    environment: "seeds",
    make: (s) =>
      values(s, "apps", "mesh_parts", (v) => {
        v["manifests"] = (v["manifests"] as readonly unknown[]).toReversed();
      }),
  },
  {
    name: "namespaces that a Gateway admits",
    environment: "seeds",
    make: (s) =>
      manifest(s, "apps", "gateway_api_public", "Gateway", (spec) => {
        spec["listeners"] = turned(spec["listeners"]);
      }),
  },
  {
    name: "attributes in an annotation",
    environment: "prod",
    make: (s) =>
      set(
        s,
        "apps",
        prodIngress,
        ["metadata", "annotations", "alb.ingress.kubernetes.io/load-balancer-attributes"],
        [
          " routing.http.drop_invalid_header_fields.enabled=true",
          "deletion_protection.enabled=true",
          ...["connection_logs", "access_logs"].flatMap((logs) => [
            `${logs}.s3.enabled=true`,
            `${logs}.s3.bucket=\${data.terraform_remote_state.identity.outputs.access_log_bucket}`,
          ]),
        ].join(", "),
      ),
  },
  {
    name: "keys of JSON in an annotation",
    environment: "prod",
    make: (s) =>
      set(
        s,
        "apps",
        prodIngress,
        ["metadata", "annotations", "alb.ingress.kubernetes.io/listen-ports"],
        '[ {"HTTP": 80}, {"HTTPS": 443} ]',
      ),
  },
  {
    name: "outputs of a stack",
    environment: "dev",
    make: (s) => {
      s.cluster["output"] = turned(s.cluster["output"]);
    },
  },
  {
    name: "an output's description",
    environment: "dev",
    make: (s) => {
      ((s.cluster["output"] as Record<string, Fields>)["vpc_id"] ?? {})["description"] = "The VPC.";
    },
  },
];
