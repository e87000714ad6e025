import { describe, expect, it } from "vitest";
import { firstSize } from "../../commands/terraform-json/node-group-size";
import seeds from "../../examples/seeds";
import { type DocumentedMethod, documentOf, methodsOf } from "../modules/api-gateway/document";
import { synthStacks } from "../support/environments";
import { type PolicyJson, policyOf, strings } from "../support/json";
import {
  customResources,
  helmReleases,
  metadataOf,
  releaseOf,
  typedResource,
  typedResources,
} from "../support/kubernetes-objects";
import { type Arguments, resource, resources } from "../support/synth";

const stacks = synthStacks(seeds);
const { apps, cluster, controllers, identity } = stacks;
/** The same without the reverse proxy, each Service behind a listener of its own. */
const direct = synthStacks({
  ...seeds,
  apis: {
    ...seeds.apis,
    "api-95d8427d": { kind: "rest", clientUsers: ["apigw-user"], endpoint: { kind: "EDGE" } },
  },
  workloads: {
    ...seeds.workloads,
    ...withListener("book", 8081, "/api/book"),
    ...withListener("author", 8082, "/api/author"),
  },
}).apps;

function withListener(name: string, listenerPort: number, path: string) {
  const workload = seeds.workloads?.[name];
  if (workload === undefined) throw new Error(`no workload ${name}`);
  return {
    [name]: { ...workload, routes: [{ kind: "api-gateway" as const, api: "api-95d8427d", path, listenerPort }] },
  };
}

const apiId = "${aws_api_gateway_rest_api.api_api-95d8427d.id}";
const paths = ["/api", "/api/book", "/api/book/{proxy+}", "/api/author", "/api/author/{proxy+}"];

function ofApi(json: typeof apps, type: string): readonly Arguments[] {
  return resources(json, type).filter((block) => block["rest_api_id"] === apiId);
}

/** Methods of the API by their paths. */
function byPath(json: typeof apps): ReadonlyMap<string, DocumentedMethod> {
  return new Map(methodsOf(json, "api_api-95d8427d").map((method) => [method.path, method]));
}

function configMap(name: string): Readonly<Record<string, string>> {
  return typedResource(stacks, "kubernetes_config_map_v1", name)["data"] as Readonly<Record<string, string>>;
}

describe("seed 002, API Gateway ingress", () => {
  it("002.1 an EDGE REST API called api-95d8427d, whose callers' keys come in the header", () => {
    const api = resource(apps, "aws_api_gateway_rest_api", "api_api-95d8427d");
    expect(api).toMatchObject({ name: "api-95d8427d", endpoint_configuration: { types: ["EDGE"] } });
    expect(api["api_key_source"] ?? "HEADER").toBe("HEADER");
  });

  it("002.2 its policy lets apigw-user call, by reference, and nobody else", () => {
    const policy = documentOf(apps, "api_api-95d8427d")["x-amazon-apigateway-policy"] as PolicyJson;
    expect(policy.Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: ["${data.terraform_remote_state.identity.outputs.user_arns.apigw-user}"] },
        Action: "execute-api:Invoke",
        Resource: "execute-api:/prod/*",
      },
    ]);
  });

  it("002.3 five resources, the shared segment made once", () => {
    expect([...byPath(apps).keys()].sort()).toEqual([...paths].sort());
  });

  it("002.4 ANY on each, signed with AWS credentials; below a path the rest of it is a parameter", () => {
    const methods = byPath(apps);
    expect([...methods.keys()].sort()).toEqual([...paths].sort());
    for (const [path, method] of methods) {
      expect(method).toMatchObject({ httpMethod: "ANY", security: [{ sigv4: [] }] });
      expect(method.parameters.map(({ name }) => name)).toEqual(path.endsWith("{proxy+}") ? ["proxy"] : []);
    }
  });

  it("002.5 each is handed on through the VPC link", () => {
    const methods = byPath(apps);
    expect([...methods.keys()].sort()).toEqual([...paths].sort());
    for (const [path, { integration }] of methods) {
      expect(integration).toMatchObject({
        type: "http_proxy",
        connectionType: "VPC_LINK",
        connectionId: "${aws_api_gateway_vpc_link.api_api-95d8427d_vpc-link.id}",
        httpMethod: "ANY",
        passthroughBehavior: "when_no_match",
        timeoutInMillis: 29000,
      });
      expect(integration["requestParameters"]).toEqual({
        "integration.request.header.Accept-Encoding": "'identity'",
        ...(path.endsWith("{proxy+}") ? { "integration.request.path.proxy": "method.request.path.proxy" } : {}),
      });
    }
  });

  it("002.6 the address is the load balancer's with the caller's own path, and no stage in it", () => {
    const host = "http://${aws_lb.api_api-95d8427d_load-balancer.dns_name}";
    for (const [path, { integration }] of byPath(apps)) {
      expect(integration["uri"]).toBe(`${host}${path.replace("{proxy+}", "{proxy}")}`);
    }
  });

  it("002.6 without the reverse proxy each path goes to the listener of its own Service", () => {
    const host = "http://${aws_lb.api_api-95d8427d_load-balancer.dns_name}";
    const methods = byPath(direct);
    expect(methods.get("/api/book/{proxy+}")?.integration["uri"]).toBe(`${host}:8081/api/book/{proxy}`);
    expect(methods.get("/api/author/{proxy+}")?.integration["uri"]).toBe(`${host}:8082/api/author/{proxy}`);
  });

  it("002.7 a deployment that goes by the whole definition, and the stage prod", () => {
    const [deployment] = ofApi(apps, "aws_api_gateway_deployment");
    expect(deployment).toMatchObject({
      triggers: { definition: "${sha1(jsonencode(local.api_api-95d8427d_definition))}" },
      lifecycle: { create_before_destroy: true },
    });
    expect(deployment).not.toHaveProperty("stage_name");
    const [stage] = ofApi(apps, "aws_api_gateway_stage");
    expect(stage).toMatchObject({
      stage_name: "prod",
      deployment_id: "${aws_api_gateway_deployment.api_api-95d8427d_deployment.id}",
    });
  });

  it("002.8 an internal NLB in private subnets with one listener, TCP 80, which PrivateLink may pass", () => {
    const [balancer, ...more] = resources(apps, "aws_lb");
    expect(more).toEqual([]);
    expect(balancer).toMatchObject({
      load_balancer_type: "network",
      internal: true,
      subnets: "${data.terraform_remote_state.cluster.outputs.private_subnet_ids}",
      enforce_security_group_inbound_rules_on_private_link_traffic: "off",
    });
    expect(resources(apps, "aws_lb_listener").map(({ protocol, port }) => [protocol, port])).toEqual([["TCP", 80]]);
    expect(resource(apps, "aws_api_gateway_vpc_link", "api_api-95d8427d_vpc-link")["target_arns"]).toEqual([
      "${aws_lb.api_api-95d8427d_load-balancer.arn}",
    ]);
  });

  it("002.8 without the reverse proxy each listener is TCP too", () => {
    expect(resources(direct, "aws_lb_listener").map(({ protocol, port }) => [protocol, port])).toEqual([
      ["TCP", 8081],
      ["TCP", 8082],
    ]);
  });

  it("002.9 target groups that check with a TCP connection to the port of the traffic", () => {
    for (const json of [apps, direct]) {
      for (const group of resources(json, "aws_lb_target_group")) {
        expect(group).toMatchObject({
          protocol: "TCP",
          health_check: {
            protocol: "TCP",
            port: "traffic-port",
            interval: 30,
            timeout: 10,
            healthy_threshold: 3,
            unhealthy_threshold: 3,
          },
        });
      }
    }
  });

  it("002.10 one binding a target group, to the Service its listener stands for, and no Auto Scaling attachment", () => {
    const services = (json: typeof apps) =>
      customResources({ ...stacks, apps: json })
        .filter(({ kind }) => kind === "TargetGroupBinding")
        .map(({ apiVersion, spec }) => [apiVersion, spec["targetGroupARN"], spec["serviceRef"]]);
    expect(services(apps)).toEqual([
      [
        "elbv2.k8s.aws/v1beta1",
        "${aws_lb_target_group.api_api-95d8427d_load-balancer_targets_80.arn}",
        { name: "api-95d8427d-reverse-proxy", port: 8080 },
      ],
    ]);
    expect(services(direct)).toEqual([
      [
        "elbv2.k8s.aws/v1beta1",
        "${aws_lb_target_group.api_api-95d8427d_load-balancer_targets_8081.arn}",
        { name: "bookservice", port: 80 },
      ],
      [
        "elbv2.k8s.aws/v1beta1",
        "${aws_lb_target_group.api_api-95d8427d_load-balancer_targets_8082.arn}",
        { name: "authorservice", port: 80 },
      ],
    ]);
    for (const stack of Object.values(stacks))
      expect(Object.keys(stack.resource)).not.toContain("aws_autoscaling_attachment");
  });

  it.each([
    ["book", "book-deployment", "bookservice"],
    ["author", "author-deployment", "authorservice"],
  ])(
    "002.11 %s: one pod on port 80 without an init container, behind a Service that selects it",
    (app, deployment, service) => {
      const spec = typedResource(stacks, "kubernetes_deployment_v1", deployment)["spec"] as Arguments;
      expect(spec).toMatchObject({ replicas: "1", selector: { match_labels: { app } } });
      expect(JSON.stringify(spec)).toContain('"container_port":80');
      expect(JSON.stringify(spec)).not.toContain("init_container");
      expect(typedResource(stacks, "kubernetes_service_v1", service)["spec"]).toMatchObject({
        type: "ClusterIP",
        selector: { app },
        port: [{ port: 80, target_port: "80" }],
      });
    },
  );

  it("002.12 the content comes from ConfigMaps at the paths that are called", () => {
    for (const [deployment, content, directory] of [
      ["book-deployment", "book-content", "/usr/share/nginx/html/api/book"],
      ["author-deployment", "author-content", "/usr/share/nginx/html/api/author"],
    ] as const) {
      const text = JSON.stringify(typedResource(stacks, "kubernetes_deployment_v1", deployment));
      expect(text).toContain(`"config_map":{"name":"${content}"}`);
      expect(text).toContain(`"mount_path":"${directory}"`);
    }
    expect(Object.keys(configMap("book-content"))).toEqual(expect.arrayContaining(["list", "9781617293825"]));
    expect(Object.keys(configMap("author-content"))).toContain("list");
  });

  it("002.12 every value is JSON, of 10 books and 10 authors, and each author of the list has an entry", () => {
    const parsed = (name: string) =>
      Object.fromEntries(Object.entries(configMap(name)).map(([key, text]) => [key, JSON.parse(text)]));
    const books = parsed("book-content");
    const authors = parsed("author-content");
    expect(books["list"].books).toHaveLength(10);
    expect(authors["list"].authors).toHaveLength(10);
    for (const { isbn13, title } of books["list"].books) expect(books[isbn13]).toMatchObject({ isbn13, title });
    for (const { id, books: isbn13 } of authors["list"].authors) expect(authors[id]).toMatchObject({ isbn13 });
    expect(Object.keys(books)).toHaveLength(11);
    expect(Object.keys(authors)).toHaveLength(11);
  });

  it("002.13 the user has no access key, and no permission but the API's policy", () => {
    expect(resources(identity, "aws_iam_user").map(({ name }) => name)).toEqual(["apigw-user"]);
    for (const stack of Object.values(stacks)) {
      expect(Object.keys(stack.resource)).not.toContain("aws_iam_access_key");
      expect(Object.keys(stack.resource)).not.toContain("aws_iam_user_policy");
      expect(Object.keys(stack.resource)).not.toContain("aws_iam_user_policy_attachment");
    }
  });

  it("002.14 kube2iam-ingress-role trusts the nodes alone, and the nodes may assume it and no other", () => {
    const role = resources(identity, "aws_iam_role").find(({ name }) => name === "kube2iam-ingress-role");
    expect(policyOf(role ?? {}, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: "${data.terraform_remote_state.cluster.outputs.node_role_arn}" },
        Action: "sts:AssumeRole",
      },
    ]);
    const [policy] = resources(cluster, "aws_iam_role_policy").filter(({ name }) => name === "kube2iam");
    const { Statement } = policyOf(policy ?? {});
    expect(Statement.find(({ Action }) => Action === "sts:AssumeRole")?.Resource).toEqual([
      "arn:aws:iam::123456789012:role/kube2iam-ingress-role",
    ]);
    expect(Statement.map(({ Action }) => Action)).toContain("ec2:DescribeRegions");
  });

  it("002.15 none of the five full-access policies by default, and exactly these five on request", () => {
    const five = [
      "AWSCloudFormationFullAccess",
      "AmazonAPIGatewayAdministrator",
      "AmazonVPCFullAccess",
      "AutoScalingFullAccess",
      "ElasticLoadBalancingFullAccess",
    ];
    for (const { text } of strings(stacks)) for (const policy of five) expect(text).not.toContain(policy);
    const reason = "The team keeps what the guide attached until the end of the year.";
    const on = synthStacks({
      ...seeds,
      identity: {
        ...seeds.identity,
        kube2iamRoles: { "kube2iam-ingress-role": { legacyFullAccess: { kind: "on", reason } } },
      },
    });
    const attached = resources(on.identity, "aws_iam_role_policy_attachment").map((block) =>
      String(block["policy_arn"]),
    );
    expect(attached.filter((policy) => policy.startsWith("arn:aws:iam::aws:policy/")).sort()).toEqual(
      five.map((name) => `arn:aws:iam::aws:policy/${name}`),
    );
  });

  it("002.16 kube2iam finds its ARN by itself and holds namespaces to their roles", () => {
    const { arguments: release, values } = releaseOf(stacks, "kube2iam-chart");
    expect(release).toMatchObject({ repository: "oci://ghcr.io/jtblin", version: "0.15.0" });
    expect(values).toMatchObject({
      rbac: { create: true },
      host: { iptables: true, interface: "eni+" },
      extraArgs: { "auto-discover-base-arn": "", "namespace-restrictions": "" },
    });
  });

  it("002.16 a namespace whose pods take the role allows it", () => {
    const caller = {
      image: { name: "example/caller", tag: "1.0.0" },
      namespace: "callers",
      port: 8080,
      aws: { kind: "kube2iam" as const, role: "kube2iam-ingress-role" },
    };
    const withCaller = synthStacks({ ...seeds, workloads: { ...seeds.workloads, caller } });
    expect(metadataOf(typedResource(withCaller, "kubernetes_namespace_v1", "callers")).annotations).toMatchObject({
      "iam.amazonaws.com/allowed-roles": '["kube2iam-ingress-role"]',
    });
  });

  it("002.17 three nodes", () => {
    expect(resources(cluster, "aws_eks_node_group").map(firstSize)).toContain(3);
  });

  it("002.18 nothing of the old controller", () => {
    for (const { text } of strings(stacks)) {
      expect(text).not.toContain("karthikk296d/");
      expect(text.toLowerCase()).not.toContain("tiller");
      expect(text).not.toContain("apigateway.ingress.kubernetes.io/");
    }
    expect(helmReleases(stacks).map((release) => release.arguments["chart"])).not.toContain(
      "amazon-apigateway-ingress-controller",
    );
    expect(controllers.resource).not.toHaveProperty("kubernetes_stateful_set_v1");
  });

  it("002.19 the reverse proxy: three pods on 8080 that hand each path on as it is", () => {
    const name = "api-95d8427d-reverse-proxy";
    const deployment = typedResource(stacks, "kubernetes_deployment_v1", name);
    expect(deployment["spec"]).toMatchObject({ replicas: "3" });
    expect(typedResource(stacks, "kubernetes_service_v1", name)["spec"]).toMatchObject({
      port: [{ port: 8080, target_port: "8080" }],
    });
    const location = (path: string, service: string) =>
      [
        `location ${path} {`,
        `proxy_pass http://${service}:80;`,
        "proxy_redirect off;",
        "proxy_set_header Host $host;",
        "proxy_set_header X-Real-IP $remote_addr;",
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
        "proxy_set_header X-Forwarded-Host $server_name;",
        "}",
      ].join(" ");
    const configuration = configMap(name)["nginx.conf"]?.replace(/\s+/g, " ");
    expect(configuration).toContain(location("/api/book", "bookservice"));
    expect(configuration).toContain(location("/api/author", "authorservice"));
  });

  it("002.19 without it there is no such Deployment", () => {
    const names = typedResources({ ...stacks, apps: direct }, "kubernetes_deployment_v1").map(
      (block) => metadataOf(block).name,
    );
    expect(names).not.toContain("api-95d8427d-reverse-proxy");
  });

  it("002.20 an output gives the address of the stage prod and of each path", () => {
    const stage = "${aws_api_gateway_stage.api_api-95d8427d_stage.invoke_url}";
    expect(apps.output["invoke_urls"]?.value).toMatchObject({
      "api-95d8427d": stage,
      "api-95d8427d/api/book": `${stage}/api/book`,
      "api-95d8427d/api/author": `${stage}/api/author`,
    });
  });
});
