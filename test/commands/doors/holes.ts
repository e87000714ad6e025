import type { Hole } from "../../../commands/doors/way";
import {
  add,
  apiDocument,
  type Editable,
  manifest,
  remove,
  set,
  values,
  withoutManifest,
} from "../../support/change-stacks";

/** An environment with a hole made in it, and what has to be found beside what was there before. */
export interface PreparedHole {
  readonly name: string;
  readonly environment: string;
  readonly found: readonly Hole[];
  readonly make: (stacks: Editable) => void;
}

const ingress = "kubernetes_ingress_v1.workload_shop_alb";
const service = "kubernetes_service_v1.workload_shop_service";
const deployment = "kubernetes_deployment_v1.workload_shop_deployment";
const alb = (name: string) => ["metadata", "annotations", `alb.ingress.kubernetes.io/${name}`];
const clusterGroup = "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}";
const api = "api_api-95d8427d";

/** The method of a path that stands for all of HTTP. */
function anyMethod(paths: unknown, path: string): { [key: string]: unknown } {
  return Object(Object(paths)[path])["x-amazon-apigateway-any-method"];
}

const anIngress = (name: string) => ({
  metadata: { name, namespace: "shop", annotations: { "alb.ingress.kubernetes.io/scheme": "internal" } },
  spec: {
    ingress_class_name: "alb",
    rule: [
      {
        http: {
          path: [{ path: "/", path_type: "Prefix", backend: { service: { name: "shop", port: { number: 8080 } } } }],
        },
      },
    ],
  },
});

const aService = (spec: object) => ({
  metadata: { name: "side-door", namespace: "shop" },
  spec: { selector: { app: "shop" }, port: [{ port: 8080, target_port: "8080" }], ...spec },
});

const aPolicy = (ingressRules: readonly object[]) => ({
  metadata: { name: "shop", namespace: "shop" },
  spec: { pod_selector: { match_labels: { app: "shop" } }, policy_types: ["Ingress"], ingress: ingressRules },
});

/** Switches on what enforces network policies. */
function enforce(stacks: Editable): void {
  set(
    stacks,
    "cluster",
    "aws_eks_addon.cluster_addon_vpc-cni",
    ["configuration_values"],
    '{"enableNetworkPolicy":"true"}',
  );
}

/** Gives the ALB of dev a group of Terraform's. */
function ownGroup(stacks: Editable): void {
  add(stacks, "apps", "aws_security_group.front", { name: "front" });
  set(stacks, "apps", ingress, alb("security-groups"), "${aws_security_group.front.id}");
}

export const preparedHoles: readonly PreparedHole[] = [
  {
    name: "the load balancer controller is gone",
    environment: "dev",
    found: ["no-controller"],
    make: (s) => remove(s, "controllers", "helm_release.aws-load-balancer-controller"),
  },
  {
    name: "the Service behind an ALB is gone",
    environment: "dev",
    found: ["no-service"],
    make: (s) => remove(s, "apps", service),
  },
  {
    name: "an ALB leads to a port that the Service lacks",
    environment: "dev",
    found: ["no-service-port"],
    make: (s) =>
      set(s, "apps", ingress, ["spec", "rule", "http", "path", "backend", "service", "port", "number"], 9090),
  },
  {
    name: "the Service selects labels that no pods have",
    environment: "dev",
    found: ["no-pods"],
    make: (s) => set(s, "apps", service, ["spec", "selector"], { app: "shops" }),
  },
  {
    name: "the Service leads to a port that no container has",
    environment: "dev",
    found: ["port-not-served"],
    make: (s) => set(s, "apps", service, ["spec", "port", "target_port"], "9090"),
  },
  {
    name: "the pods moved to another namespace",
    environment: "dev",
    found: ["no-pods"],
    make: (s) => set(s, "apps", deployment, ["metadata", "namespace"], "store"),
  },
  {
    name: "an Ingress has a class that nothing serves",
    environment: "dev",
    found: ["no-controller"],
    make: (s) => set(s, "apps", ingress, ["spec", "ingress_class_name"], "traefik"),
  },
  {
    name: "the public subnets lost the tag that the controller finds them by",
    environment: "dev",
    found: ["no-subnet"],
    make: (s) => {
      for (const zone of ["a", "b"])
        set(s, "cluster", `aws_subnet.network_public_${zone}`, ["tags", "kubernetes.io/role/elb"], "0");
    },
  },
  {
    name: "the public subnets lost their route to the internet gateway",
    environment: "dev",
    found: ["no-internet-route", "no-internet-route"],
    make: (s) => remove(s, "cluster", "aws_route.network_public_default"),
  },
  {
    name: "one public subnet lost its route table",
    environment: "dev",
    found: ["no-internet-route"],
    make: (s) => remove(s, "cluster", "aws_route_table_association.network_public_b_routes"),
  },
  {
    name: "an ALB has a group that lets nobody in",
    environment: "dev",
    found: ["group-refuses", "group-refuses", "group-refuses"],
    make: ownGroup,
  },
  {
    name: "an ALB's own group lets callers in, and the pods' group does not let it in",
    environment: "dev",
    found: ["group-refuses"],
    make: (s) => {
      ownGroup(s);
      add(s, "apps", "aws_vpc_security_group_ingress_rule.front", {
        security_group_id: "${aws_security_group.front.id}",
        cidr_ipv4: "203.0.113.0/24",
        ip_protocol: "tcp",
        from_port: 80,
        to_port: 443,
      });
    },
  },
  {
    name: "an ALB's own group is open to the world",
    environment: "dev",
    found: ["open-group"],
    make: (s) => {
      ownGroup(s);
      set(s, "apps", ingress, alb("manage-backend-security-group-rules"), "true");
      add(s, "apps", "aws_vpc_security_group_ingress_rule.front", {
        security_group_id: "${aws_security_group.front.id}",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 80,
        to_port: 443,
      });
    },
  },
  {
    name: "the API server's public endpoint answers every address",
    environment: "dev",
    found: ["open-endpoint"],
    make: (s) => set(s, "cluster", "aws_eks_cluster.cluster", ["vpc_config", "public_access_cidrs"], ["0.0.0.0/0"]),
  },
  {
    name: "the API server's public endpoint lost its list of networks",
    environment: "dev",
    found: ["open-endpoint"],
    make: (s) => set(s, "cluster", "aws_eks_cluster.cluster", ["vpc_config", "public_access_cidrs"], undefined),
  },
  {
    name: "the group of nodes and pods is open to the world",
    environment: "dev",
    found: ["open-group"],
    make: (s) =>
      add(s, "cluster", "aws_vpc_security_group_ingress_rule.open", {
        security_group_id: clusterGroup,
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "-1",
      }),
  },
  {
    name: "a group has a rule for every IPv6 address inside of it",
    environment: "dev",
    found: ["open-group"],
    make: (s) =>
      add(s, "cluster", "aws_security_group.wide", {
        ingress: [{ from_port: 22, to_port: 22, protocol: "tcp", ipv6_cidr_blocks: ["::/0"] }],
      }),
  },
  {
    name: "an older form of rule opens a port to the world",
    environment: "prod",
    found: ["open-group"],
    make: (s) =>
      add(s, "cluster", "aws_security_group_rule.ssh", {
        type: "ingress",
        security_group_id: clusterGroup,
        cidr_blocks: ["0.0.0.0/0"],
        protocol: "tcp",
        from_port: 22,
        to_port: 22,
      }),
  },
  {
    name: "the VPC's default group lets something in",
    environment: "dev",
    found: ["undeclared-way"],
    make: (s) =>
      set(
        s,
        "cluster",
        "aws_default_security_group.network_default",
        ["ingress"],
        [{ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["10.0.0.0/8"] }],
      ),
  },
  {
    name: "a private subnet is routed from the internet",
    environment: "dev",
    found: ["public-private-subnet"],
    make: (s) =>
      set(
        s,
        "cluster",
        "aws_route_table_association.network_private_a_routes",
        ["route_table_id"],
        "${aws_route_table.network_public.id}",
      ),
  },
  {
    name: "machines of a subnet get public addresses",
    environment: "dev",
    found: ["public-nodes"],
    make: (s) => set(s, "cluster", "aws_subnet.network_private_a", ["map_public_ip_on_launch"], true),
  },
  {
    name: "a load balancer faces the internet beside every route",
    environment: "dev",
    found: ["undeclared-way"],
    make: (s) => add(s, "apps", "aws_lb.side", { name: "side", load_balancer_type: "application" }),
  },
  {
    name: "an Ingress is there that no route declares",
    environment: "dev",
    found: ["undeclared-way"],
    make: (s) => add(s, "apps", "kubernetes_ingress_v1.side", anIngress("side-door")),
  },
  {
    name: "a Service asks for a load balancer that no route declares",
    environment: "dev",
    found: ["clear-text", "undeclared-way"],
    make: (s) => add(s, "apps", "kubernetes_service_v1.side", aService({ type: "LoadBalancer" })),
  },
  {
    name: "a Service opens a port on every node",
    environment: "dev",
    found: ["undeclared-way"],
    make: (s) => add(s, "apps", "kubernetes_service_v1.side", aService({ type: "NodePort" })),
  },
  {
    name: "a function has a URL of its own",
    environment: "prod",
    found: ["undeclared-way"],
    make: (s) => add(s, "apps", "aws_lambda_function_url.side", { function_name: "side" }),
  },
  {
    name: "a machine has a public address",
    environment: "prod",
    found: ["undeclared-way"],
    make: (s) => add(s, "cluster", "aws_instance.bastion", { associate_public_ip_address: true }),
  },
  {
    name: "a network policy forgets the load balancer",
    environment: "dev",
    found: ["policy-refuses"],
    make: (s) => {
      enforce(s);
      add(
        s,
        "apps",
        "kubernetes_network_policy_v1.shop",
        aPolicy([{ from: [{ pod_selector: { match_labels: { app: "shop" } } }] }]),
      );
    },
  },
  {
    name: "a network policy lets the load balancer in on another port",
    environment: "dev",
    found: ["policy-refuses"],
    make: (s) => {
      enforce(s);
      add(
        s,
        "apps",
        "kubernetes_network_policy_v1.shop",
        aPolicy([{ from: [{ ip_block: { cidr: "10.10.0.0/16" } }], ports: [{ port: "9090", protocol: "TCP" }] }]),
      );
    },
  },
  {
    name: "a network policy lets every namespace in",
    environment: "dev",
    found: ["policy-admits-all"],
    make: (s) => {
      enforce(s);
      add(
        s,
        "apps",
        "kubernetes_network_policy_v1.shop",
        aPolicy([
          { from: [{ ip_block: { cidr: "10.10.0.0/16" } }, { namespace_selector: {} }], ports: [{ port: "8080" }] },
        ]),
      );
    },
  },
  {
    name: "network policies are there and nothing enforces them",
    environment: "dev",
    found: ["policy-not-enforced"],
    make: (s) =>
      add(
        s,
        "apps",
        "kubernetes_network_policy_v1.shop",
        aPolicy([{ from: [{ ip_block: { cidr: "10.10.0.0/16" } }] }]),
      ),
  },
  {
    name: "Emissary may not enter the pods that it leads to",
    environment: "prod",
    found: ["policy-refuses"],
    make: (s) =>
      set(
        s,
        "apps",
        "kubernetes_network_policy_v1.network-policy_shop_shop",
        ["spec", "ingress"],
        [{ from: [{ ip_block: { cidr: "10.30.240.0/20" } }], ports: [{ port: "8080", protocol: "TCP" }] }],
      ),
  },
  {
    name: "an ALB lost its certificate",
    environment: "prod",
    found: ["clear-text"],
    make: (s) => {
      set(s, "apps", ingress, alb("listen-ports"), '[{"HTTP":80}]');
      set(s, "apps", ingress, alb("certificate-arn"), undefined);
      set(s, "apps", ingress, alb("ssl-redirect"), undefined);
    },
  },
  {
    name: "an ALB answers HTTP instead of redirecting it",
    environment: "prod",
    found: ["no-redirect"],
    make: (s) => set(s, "apps", ingress, alb("ssl-redirect"), undefined),
  },
  {
    name: "an ALB takes TLS 1.0",
    environment: "prod",
    found: ["old-tls"],
    make: (s) => set(s, "apps", ingress, alb("ssl-policy"), "ELBSecurityPolicy-2016-08"),
  },
  {
    name: "Emissary is gone and its Mapping is not",
    environment: "prod",
    found: ["no-controller"],
    make: (s) => remove(s, "controllers", "helm_release.emissary"),
  },
  {
    name: "Emissary has no Listener",
    environment: "prod",
    found: ["no-listener"],
    make: (s) => withoutManifest(s, "controllers", "emissary-listeners", "Listener"),
  },
  {
    name: "a Mapping leads to a Service that is not there",
    environment: "prod",
    found: ["no-service"],
    make: (s) =>
      manifest(s, "apps", "workload_shop_ambassador", "Mapping", (spec) => {
        spec["service"] = "store:8080";
      }),
  },
  {
    name: "Emissary's admin port is open on every node",
    environment: "prod",
    found: ["admin-on-nodes"],
    make: (s) =>
      values(s, "controllers", "emissary", (v) => {
        v["adminService"] = { create: true, type: "NodePort", port: 8877 };
      }),
  },
  {
    name: "a REST API lost its VPC link",
    environment: "seeds",
    found: ["no-vpc-link", "no-vpc-link", "no-vpc-link"],
    make: (s) => remove(s, "apps", `aws_api_gateway_vpc_link.${api}_vpc-link`),
  },
  {
    name: "nothing listens behind a VPC link",
    environment: "seeds",
    found: ["no-listener", "no-listener", "no-listener"],
    make: (s) => remove(s, "apps", `aws_lb_listener.${api}_load-balancer_listener_80`),
  },
  {
    name: "a target group is filled by no binding",
    environment: "seeds",
    found: ["no-targets", "no-targets", "no-targets"],
    make: (s) => remove(s, "apps", `helm_release.${api}_load-balancer_binding_80`),
  },
  {
    name: "a binding opens the pods' group on another port",
    environment: "seeds",
    found: ["group-refuses", "group-refuses", "group-refuses"],
    make: (s) =>
      manifest(s, "apps", `${api}_load-balancer_binding_80`, "TargetGroupBinding", (spec) => {
        spec["networking"] = {
          ingress: [{ from: [{ ipBlock: { cidr: "10.20.0.0/16" } }], ports: [{ protocol: "TCP", port: 9090 }] }],
        };
      }),
  },
  {
    name: "a load balancer may not talk to its pods",
    environment: "seeds",
    found: ["group-refuses", "group-refuses", "group-refuses"],
    make: (s) => remove(s, "apps", `aws_vpc_security_group_egress_rule.${api}_load-balancer_to-pods_8080`),
  },
  {
    name: "a REST API has no stage",
    environment: "seeds",
    found: ["no-stage", "no-stage", "no-stage"],
    make: (s) => remove(s, "apps", `aws_api_gateway_stage.${api}_stage`),
  },
  {
    name: "a method leads to no integration",
    environment: "seeds",
    found: ["no-integration"],
    make: (s) =>
      apiDocument(s, api, ({ paths }) => {
        delete anyMethod(paths, "/api/book")["x-amazon-apigateway-integration"];
      }),
  },
  {
    name: "a REST API's policy allows nobody",
    environment: "seeds",
    found: ["nobody-admitted", "nobody-admitted", "nobody-admitted"],
    make: (s) =>
      apiDocument(s, api, (document) => {
        document["x-amazon-apigateway-policy"] = { Version: "2012-10-17", Statement: [] };
      }),
  },
  {
    name: "a method of a REST API asks nobody who they are",
    environment: "seeds",
    found: ["anyone-may-call"],
    make: (s) =>
      apiDocument(s, api, (document) => {
        delete document["x-amazon-apigateway-policy"];
        delete anyMethod(document["paths"], "/api/author")["security"];
      }),
  },
  {
    name: "a record leads to a load balancer that nothing makes",
    environment: "seeds",
    found: ["record-leads-nowhere"],
    make: (s) =>
      set(
        s,
        "apps",
        "data.aws_lb.dns_host_nginx_ingress-nginx-controller",
        ["tags", "service.k8s.aws/stack"],
        "nginx/gone",
      ),
  },
  {
    name: "a Gateway is gone and its route is not",
    environment: "seeds",
    found: ["no-gateway"],
    make: (s) => remove(s, "apps", "helm_release.gateway_api_public"),
  },
  {
    name: "a Gateway's listener has another name",
    environment: "seeds",
    found: ["no-gateway"],
    make: (s) =>
      manifest(s, "apps", "gateway_api_public", "Gateway", (spec) => {
        spec["listeners"] = [{ name: "web", protocol: "HTTP", port: 80 }];
      }),
  },
  {
    name: "a Gateway takes no routes of the namespace",
    environment: "seeds",
    found: ["namespace-not-admitted"],
    make: (s) =>
      manifest(s, "apps", "gateway_api_public", "Gateway", (spec) => {
        spec["listeners"] = [{ name: "http", protocol: "HTTP", port: 80 }];
      }),
  },
  {
    name: "the class of a Gateway is gone",
    environment: "seeds",
    found: ["no-controller"],
    make: (s) => remove(s, "apps", "helm_release.gateway_api_shared_classes"),
  },
  {
    name: "a virtual node of the mesh is gone",
    environment: "every-entry-1",
    found: ["mesh-leads-nowhere", "mesh-leads-nowhere"],
    make: (s) => withoutManifest(s, "apps", "mesh_parts", "VirtualNode"),
  },
  {
    name: "a virtual service of the mesh is gone",
    environment: "every-entry-1",
    found: ["mesh-leads-nowhere"],
    make: (s) => withoutManifest(s, "apps", "mesh_parts", "VirtualService"),
  },
  {
    name: "the load balancer behind CloudFront answers the VPC",
    environment: "every-entry-1",
    found: ["origin-bypass", "undeclared-way"],
    make: (s) =>
      set(
        s,
        "apps",
        "kubernetes_ingress_v1.workload_behind-cloudfront_cloudfront_ingress",
        alb("security-group-prefix-lists"),
        undefined,
      ),
  },
  {
    name: "a distribution is switched off",
    environment: "every-entry-1",
    found: ["origin-unreachable"],
    make: (s) =>
      set(s, "apps", "aws_cloudfront_distribution.workload_behind-cloudfront_cloudfront", ["enabled"], false),
  },
  {
    name: "a distribution takes HTTP",
    environment: "every-entry-1",
    found: ["no-redirect"],
    make: (s) =>
      set(
        s,
        "apps",
        "aws_cloudfront_distribution.workload_behind-cloudfront_cloudfront",
        ["default_cache_behavior", "viewer_protocol_policy"],
        "allow-all",
      ),
  },
  {
    name: "a route of an HTTP API asks nobody who they are",
    environment: "every-entry-1",
    found: ["anyone-may-call"],
    make: (s) => set(s, "apps", "aws_apigatewayv2_route.api_shop_path_shop_ANY", ["authorization_type"], "NONE"),
  },
  {
    name: "a VPC link may not talk to its load balancer",
    environment: "every-entry-1",
    found: ["group-refuses"],
    make: (s) => remove(s, "apps", "aws_vpc_security_group_egress_rule.api_shop_vpc-link_to-load-balancer_8080"),
  },
  {
    name: "a load balancer does not let its VPC link in",
    environment: "every-entry-1",
    found: ["group-refuses"],
    make: (s) => remove(s, "apps", "aws_vpc_security_group_ingress_rule.api_shop_load-balancer_from-vpc-link_8080"),
  },
  {
    name: "an HTTP API has a route that the environment does not declare",
    environment: "every-entry-1",
    found: ["undeclared-way"],
    make: (s) =>
      add(s, "apps", "aws_apigatewayv2_route.side", {
        api_id: "${aws_apigatewayv2_api.api_shop.id}",
        authorization_type: "AWS_IAM",
        route_key: "ANY /admin",
        target: "integrations/${aws_apigatewayv2_integration.api_shop_path_shop_ANY_integration.id}",
      }),
  },
  {
    name: "a custom domain leads to no stage",
    environment: "every-entry-1",
    found: ["domain-not-mapped"],
    make: (s) => add(s, "apps", "aws_apigatewayv2_domain_name.side", { domain_name: "api.example.com" }),
  },
  {
    name: "ACK's API has no stage",
    environment: "every-entry-1",
    found: ["no-stage"],
    make: (s) => withoutManifest(s, "apps", "workload_behind-ack-api-gateway_ack-api-gateway_routes", "Stage"),
  },
  {
    name: "ACK's controller is gone",
    environment: "every-entry-1",
    found: ["no-controller"],
    make: (s) => remove(s, "controllers", "helm_release.ack-api-gateway"),
  },
  {
    name: "the pods' group does not let VPC Lattice in",
    environment: "every-entry-2",
    found: ["group-refuses", "group-refuses"],
    make: (s) => remove(s, "controllers", "aws_vpc_security_group_ingress_rule.lattice-network_port-80"),
  },
  {
    name: "the service network serves no VPC",
    environment: "every-entry-2",
    found: ["no-network-association", "no-network-association"],
    make: (s) => remove(s, "controllers", "aws_vpclattice_service_network_vpc_association.lattice-network_vpc"),
  },
  {
    name: "nginx is gone and its Ingress is not",
    environment: "every-entry-2",
    found: ["no-controller"],
    make: (s) => remove(s, "controllers", "helm_release.nginx-f5"),
  },
];
