import { describe, expect, it } from "vitest";
import { customResources, metadataOf, typedResource } from "../../support/kubernetes-objects";
import { type Arguments, parseStack, resource, resources, type TerraformJson } from "../../support/synth";
import { methodsOf } from "./document";
import { appsOf, appsStack, withApi, workload } from "./fixtures";

function bindings(apps: TerraformJson) {
  const none = parseStack("{}");
  return customResources({ cluster: none, identity: none, controllers: none, apps });
}

function only(json: TerraformJson, type: string): Arguments {
  const [found, ...more] = resources(json, type);
  if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${type}`);
  return found;
}

const twoWorkloads = withApi({ kind: "rest" }, [], {
  workloads: {
    shop: workload([{}]),
    cart: workload([{ path: "/cart", listenerPort: 8081 }], { namespace: "carts", port: 9000 }),
  },
});

describe("the load balancer of an API", () => {
  it("is called after environment and API and stands in the private subnets", () => {
    expect(only(appsOf({ kind: "rest" }), "aws_lb")).toMatchObject({
      name: "dev-store",
      subnets: "${data.terraform_remote_state.cluster.outputs.private_subnet_ids}",
      security_groups: ["${aws_security_group.api_store_load-balancer_security-group.id}"],
    });
  });

  it("sends to pods of every zone, whichever zone the call came in by", () => {
    expect(only(appsOf({ kind: "rest" }), "aws_lb")["enable_cross_zone_load_balancing"]).toBe(true);
  });

  it("has a listener and a target group for each workload, on the port of its Service or of its route", () => {
    const apps = appsStack(twoWorkloads);
    expect(resources(apps, "aws_lb_listener").map(({ port, protocol }) => [port, protocol])).toEqual([
      [80, "TCP"],
      [8081, "TCP"],
    ]);
    expect(resource(apps, "aws_lb_listener", "api_store_load-balancer_listener_8081")["default_action"]).toEqual([
      { type: "forward", target_group_arn: "${aws_lb_target_group.api_store_load-balancer_targets_8081.arn}" },
    ]);
  });

  it("sends its pods traffic to the container's port and checks them there", () => {
    expect(
      resource(appsStack(twoWorkloads), "aws_lb_target_group", "api_store_load-balancer_targets_8081"),
    ).toMatchObject({
      name: "dev-store-cart-9000",
      target_type: "ip",
      protocol: "TCP",
      port: 9000,
      preserve_client_ip: "false",
      health_check: {
        protocol: "TCP",
        port: "traffic-port",
        interval: 30,
        timeout: 10,
        healthy_threshold: 3,
        unhealthy_threshold: 3,
      },
      lifecycle: { create_before_destroy: true },
    });
  });

  it("routes of one workload share its listener", () => {
    const apps = appsOf({ kind: "rest" }, [{}, { name: "cart", path: "/cart" }]);
    expect(resources(apps, "aws_lb_listener")).toHaveLength(1);
    expect(bindings(apps)).toHaveLength(1);
  });

  it("gets out to the pods and nowhere else", () => {
    const rules = resources(appsStack(twoWorkloads), "aws_vpc_security_group_egress_rule");
    expect(rules.map((rule) => [rule["cidr_ipv4"], rule["from_port"], rule["to_port"]])).toEqual([
      ["${data.terraform_remote_state.cluster.outputs.vpc_cidr}", 8080, 8080],
      ["${data.terraform_remote_state.cluster.outputs.vpc_cidr}", 9000, 9000],
    ]);
  });

  it("is filled by one binding a target group, in the workload's namespace, after its Service", () => {
    const [cart, shop] = [...bindings(appsStack(twoWorkloads))].sort((a, b) =>
      a.metadata.name < b.metadata.name ? -1 : 1,
    );
    expect(cart).toMatchObject({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "store-cart-9000", namespace: "carts" },
      spec: {
        targetGroupARN: "${aws_lb_target_group.api_store_load-balancer_targets_8081.arn}",
        targetType: "ip",
        serviceRef: { name: "cart", port: 80 },
      },
    });
    expect(shop?.spec["serviceRef"]).toEqual({ name: "shop", port: 80 });
    expect(cart?.release.arguments["depends_on"]).toContain("kubernetes_service_v1.workload_cart_service");
  });

  it("pods are opened to the load balancer alone, on their port", () => {
    expect(bindings(appsOf({ kind: "rest" }))[0]?.spec["networking"]).toEqual({
      ingress: [
        {
          from: [{ securityGroup: { groupID: "${aws_security_group.api_store_load-balancer_security-group.id}" } }],
          ports: [{ protocol: "TCP", port: 8080 }],
        },
      ],
    });
  });
});

describe("the reverse proxy of an API", () => {
  const proxied = withApi({ kind: "rest", reverseProxy: { kind: "nginx" } }, [], {
    workloads: {
      shop: workload([{}, { name: "status", path: "/status", match: { kind: "exact", method: "GET" } }]),
      cart: workload([{ path: "/cart" }], { port: 9000 }),
    },
  });
  const stacks = () => {
    const none = parseStack("{}");
    return { cluster: none, identity: none, controllers: none, apps: appsStack(proxied) };
  };

  it("is not there unless the environment asks for it", () => {
    const apps = appsOf({ kind: "rest" });
    expect(Object.keys(apps.resource["kubernetes_deployment_v1"] ?? {})).toEqual(["workload_shop_deployment"]);
  });

  it("has the only listener and the only target group", () => {
    const { apps } = stacks();
    expect(only(apps, "aws_lb_listener")["port"]).toBe(80);
    expect(only(apps, "aws_lb_target_group")).toMatchObject({ name: "dev-store-proxy-8080", port: 8080 });
    expect(bindings(apps)[0]?.spec["serviceRef"]).toEqual({ name: "store-reverse-proxy", port: 8080 });
    for (const { integration } of methodsOf(apps)) {
      expect(integration["uri"]).toMatch(/^http:\/\/\$\{aws_lb\.api_store_load-balancer\.dns_name\}\//);
    }
  });

  it("hands each path on as it is, with the four headers, and nothing else", () => {
    const config = typedResource(stacks(), "kubernetes_config_map_v1", "store-reverse-proxy")["data"] as Readonly<
      Record<string, string>
    >;
    const location = (path: string, service: string) => [
      `    location ${path} {`,
      `      proxy_pass http://${service}:80;`,
      "      proxy_redirect off;",
      "      proxy_set_header Host $host;",
      "      proxy_set_header X-Real-IP $remote_addr;",
      "      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
      "      proxy_set_header X-Forwarded-Host $server_name;",
      "    }",
    ];
    expect(config["nginx.conf"]?.split("\n")).toEqual([
      "worker_processes 1;",
      "pid /tmp/nginx.pid;",
      "events {",
      "  worker_connections 1024;",
      "}",
      "http {",
      "  client_body_temp_path /tmp/client_body;",
      "  proxy_temp_path /tmp/proxy;",
      "  fastcgi_temp_path /tmp/fastcgi;",
      "  uwsgi_temp_path /tmp/uwsgi;",
      "  scgi_temp_path /tmp/scgi;",
      "  sendfile on;",
      "  server {",
      "    listen 8080;",
      ...location("/shop", "shop"),
      ...location("= /status", "shop"),
      ...location("/cart", "cart"),
      "    location / {",
      "      return 404;",
      "    }",
      "  }",
      "}",
      "",
    ]);
  });

  it("runs without rights, writes to /tmp alone, and starts after the Services it looks up", () => {
    const deployment = typedResource(stacks(), "kubernetes_deployment_v1", "store-reverse-proxy");
    const text = JSON.stringify(deployment["spec"]);
    expect(text).toContain('"run_as_non_root":true');
    expect(text).toContain('"run_as_user":"101"');
    expect(text).toContain('"read_only_root_filesystem":true');
    expect(text).toContain('"mount_path":"/tmp"');
    expect(text).toContain('"mount_path":"/etc/nginx"');
    expect(text).toContain('"image":"nginxinc/nginx-unprivileged:1.28.0"');
    expect(deployment["depends_on"]).toEqual(
      expect.arrayContaining([
        "kubernetes_service_v1.workload_shop_service",
        "kubernetes_service_v1.workload_cart_service",
      ]),
    );
    expect(metadataOf(deployment).name).toBe("store-reverse-proxy");
  });
});
