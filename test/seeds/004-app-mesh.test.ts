import { describe, expect, it } from "vitest";
import { synthStacks } from "../support/environments";
import { at, list, policyOf } from "../support/json";
import {
  customResource,
  customResources,
  helmReleases,
  metadataOf,
  releaseOf,
  typedResource,
} from "../support/kubernetes-objects";
import { resource } from "../support/synth";
import { seedsWithMesh } from "./004-declaration";

const stacks = synthStacks(seedsWithMesh("app-mesh"));
const meshArn = "arn:aws:appmesh:us-west-2:123456789012:mesh/mesh-1";
const apiVersion = "appmesh.k8s.aws/v1beta2";

/** Trust of a service account through the cluster's issuer, as IAM's JSON has it. */
function trustsOnly(serviceAccount: string): unknown {
  const issuer = "${data.terraform_remote_state.cluster.outputs.oidc_issuer}";
  return expect.objectContaining({
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: "${aws_iam_openid_connect_provider.oidc.arn}" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `system:serviceaccount:${serviceAccount}`,
          },
        },
      },
    ],
  });
}

function podLabels(deployment: string): unknown {
  return at(typedResource(stacks, "kubernetes_deployment_v1", deployment), "spec", "template", "metadata", "labels");
}

const deployments = ["nginx-1", "nginx-2", "nginx-x", "gateway-v"];

/** Deployments of the namespace whose pods a selector takes. */
function selectedBy(selector: unknown): readonly string[] {
  const wanted = Object.entries(selector as Record<string, string>);
  expect(wanted.length).toBeGreaterThan(0);
  return deployments.filter((name) => {
    const labels = podLabels(name) as Record<string, string>;
    return wanted.every(([key, value]) => labels[key] === value);
  });
}

/** Terraform address of the release that carries a custom resource. */
const carrierOf = (kind: string, name: string) => customResource(stacks, kind, name).release;
const waits = (block: Readonly<Record<string, unknown>>) => list(block["depends_on"] as string[] | undefined);

describe("seed 004, App Mesh", () => {
  it("004.1 the controller of App Mesh, which knows region and account, with a service account that carries its role", () => {
    const { stack, arguments: release, values } = releaseOf(stacks, "appmesh-controller");
    expect(stack).toBe("controllers");
    expect(release).toMatchObject({
      repository: "https://aws.github.io/eks-charts",
      version: "1.13.3",
      namespace: "appmesh-system",
    });
    expect(values).toMatchObject({
      region: "us-west-2",
      accountId: "123456789012",
      serviceAccount: {
        create: true,
        name: "appmesh-controller",
        annotations: {
          "eks.amazonaws.com/role-arn": "${data.terraform_remote_state.identity.outputs.controller_role_arns.appMesh}",
        },
      },
    });
  });

  it("004.1 the end of App Mesh has to be acknowledged by its date", () => {
    const { acknowledgeEndOfLife: _, ...unaware } = seedsWithMesh("app-mesh");
    expect(() => synthStacks(unaware)).toThrow("2026-09-30");
  });

  it("004.2 its role is for that service account alone and has the vendor's 60 actions", () => {
    expect(JSON.parse(String(resource(stacks.identity, "aws_iam_role", "appMesh_role")["assume_role_policy"]))).toEqual(
      trustsOnly("appmesh-system:appmesh-controller"),
    );
    const { Statement } = policyOf(resource(stacks.identity, "aws_iam_policy", "appMesh_policy"));
    const counts: Record<string, number> = {};
    for (const action of Statement.flatMap(({ Action }) => list(Action))) {
      const [service = ""] = action.split(":");
      counts[service] = (counts[service] ?? 0) + 1;
    }
    expect(counts).toEqual({ appmesh: 35, iam: 1, acm: 2, "acm-pca": 2, servicediscovery: 12, route53: 5 });
  });

  it("004.3 the namespace carries the mesh's label and the injector's", () => {
    const namespace = typedResource(stacks, "kubernetes_namespace_v1", "mesh-test");
    expect(metadataOf(namespace).labels).toMatchObject({
      mesh: "mesh-1",
      "appmesh.k8s.aws/sidecarInjectorWebhook": "enabled",
    });
  });

  it("004.4 the mesh lets everything out and selects that namespace", () => {
    const mesh = customResource(stacks, "Mesh", "mesh-1");
    expect(mesh.apiVersion).toBe(apiVersion);
    expect(mesh.spec).toEqual({
      egressFilter: { type: "ALLOW_ALL" },
      namespaceSelector: { matchLabels: { mesh: "mesh-1" } },
    });
    const { labels } = metadataOf(typedResource(stacks, "kubernetes_namespace_v1", "mesh-test"));
    expect(labels).toMatchObject(at(mesh.spec, "namespaceSelector", "matchLabels") as object);
  });

  it("004.5 the proxies' policy streams for this mesh's nodes and gateways alone, and hangs on their service account", () => {
    const policy = resource(stacks.identity, "aws_iam_policy", "mesh_policy");
    expect(policy["name"]).toBe("seeds-appmesh-proxyauth");
    expect(policyOf(policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["appmesh:StreamAggregatedResources"],
        Resource: [`${meshArn}/virtualNode/*`, `${meshArn}/virtualGateway/*`],
      },
    ]);
    expect(resource(stacks.identity, "aws_iam_role_policy_attachment", "mesh_policy-attachment")).toEqual({
      role: "${aws_iam_role.mesh_role.name}",
      policy_arn: "${aws_iam_policy.mesh_policy.arn}",
    });
    expect(JSON.parse(String(resource(stacks.identity, "aws_iam_role", "mesh_role")["assume_role_policy"]))).toEqual(
      trustsOnly("mesh-test:appmesh-proxyauth"),
    );
    expect(stacks.identity.output["mesh_role_arns"]?.value).toEqual({
      "appmesh-proxyauth": "${aws_iam_role.mesh_role.arn}",
    });
    expect(metadataOf(typedResource(stacks, "kubernetes_service_account_v1", "appmesh-proxyauth"))).toEqual({
      name: "appmesh-proxyauth",
      namespace: "mesh-test",
      annotations: {
        "eks.amazonaws.com/role-arn":
          "${data.terraform_remote_state.identity.outputs.mesh_role_arns.appmesh-proxyauth}",
      },
    });
  });

  it("004.6 the two nginx listen on 80 under that service account, with memory to live on", () => {
    for (const name of ["nginx-1", "nginx-2"]) {
      const deployment = typedResource(stacks, "kubernetes_deployment_v1", name);
      expect(metadataOf(deployment).namespace).toBe("mesh-test");
      const pod = at(deployment, "spec", "template", "spec");
      expect(at(pod, "service_account_name")).toBe("appmesh-proxyauth");
      expect(at(pod, "container", 0, "port")).toEqual([{ container_port: 80, protocol: "TCP" }]);
      expect(at(pod, "container", 0, "resources", "limits", "memory")).toBe("256Mi");
    }
  });

  it.each([
    ["svc-1", "nginx-1"],
    ["svc-2", "nginx-2"],
  ])("004.7 the Service %s leads to the pods of %s and no others", (service, deployment) => {
    const { spec } = typedResource(stacks, "kubernetes_service_v1", service);
    expect(at(spec, "port")).toEqual([{ port: 80, target_port: "80", protocol: "TCP" }]);
    expect(selectedBy(at(spec, "selector"))).toEqual([deployment]);
  });

  it.each([
    ["vnode-1", "nginx-1", "svc-1"],
    ["vnode-2", "nginx-2", "svc-2"],
  ])("004.8 the VirtualNode %s is %s, found as %s", (node, deployment, service) => {
    const { apiVersion: version, metadata, spec } = customResource(stacks, "VirtualNode", node);
    expect(version).toBe(apiVersion);
    expect(metadata.namespace).toBe("mesh-test");
    expect(selectedBy(at(spec, "podSelector", "matchLabels"))).toEqual([deployment]);
    expect(at(spec, "listeners", 0)).toMatchObject({
      portMapping: { port: 80, protocol: "http" },
      healthCheck: { protocol: "http", path: "/", port: 80 },
    });
    expect(spec["serviceDiscovery"]).toEqual({ dns: { hostname: `${service}.mesh-test.svc.cluster.local` } });
  });

  it("004.9 the router shares the requests evenly", () => {
    expect(customResource(stacks, "VirtualRouter", "vrouter-1").spec).toEqual({
      listeners: [{ portMapping: { port: 80, protocol: "http" } }],
      routes: [
        {
          name: "route-1",
          httpRoute: {
            match: { prefix: "/" },
            action: {
              weightedTargets: [
                { virtualNodeRef: { name: "vnode-1" }, weight: 1 },
                { virtualNodeRef: { name: "vnode-2" }, weight: 1 },
              ],
            },
          },
        },
      ],
    });
  });

  it("004.10 the Service svc-v stands over both versions", () => {
    const { spec } = typedResource(stacks, "kubernetes_service_v1", "svc-v");
    expect(spec).toEqual({
      type: "ClusterIP",
      selector: { app: "sample1" },
      port: [{ port: 80, target_port: "80", protocol: "TCP" }],
    });
    expect(selectedBy(at(spec, "selector"))).toEqual(["nginx-1", "nginx-2"]);
  });

  it("004.11 the virtual service has the router behind it and the Service's own name before it", () => {
    expect(customResource(stacks, "VirtualService", "svc-v").spec).toEqual({
      awsName: "svc-v.mesh-test.svc.cluster.local",
      provider: { virtualRouter: { virtualRouterRef: { name: "vrouter-1" } } },
    });
  });

  it("004.12 the client's node may call svc-v and has pods of its own", () => {
    const { spec } = customResource(stacks, "VirtualNode", "vnode-x");
    expect(spec["backends"]).toEqual([{ virtualService: { virtualServiceRef: { name: "svc-v" } } }]);
    expect(selectedBy(at(spec, "podSelector", "matchLabels"))).toEqual(["nginx-x"]);
  });

  it("004.13 the virtual gateway listens on 8088 and takes routes of the mesh's namespace", () => {
    expect(customResource(stacks, "VirtualGateway", "gateway-v").spec).toEqual({
      namespaceSelector: { matchLabels: { mesh: "mesh-1" } },
      podSelector: { matchLabels: { for: "gateway" } },
      listeners: [
        { portMapping: { port: 8088, protocol: "http" }, connectionPool: { http: { maxConnections: 1024 } } },
      ],
      logging: { accessLog: { file: { path: "/dev/stdout" } } },
    });
  });

  it("004.14 the gateway's route leads to svc-v and names neither gateway nor mesh", () => {
    expect(customResource(stacks, "GatewayRoute", "gateway-v-route-v").spec).toEqual({
      httpRoute: {
        match: { prefix: "/" },
        action: { target: { virtualService: { virtualServiceRef: { name: "svc-v" } } } },
      },
    });
  });

  it("004.15 the gateway's Envoy knows what it is", () => {
    const deployment = typedResource(stacks, "kubernetes_deployment_v1", "gateway-v");
    expect(at(deployment, "spec", "replicas")).toBe("1");
    expect(podLabels("gateway-v")).toEqual({ for: "gateway" });
    const pod = at(deployment, "spec", "template", "spec");
    expect(at(pod, "service_account_name")).toBe("appmesh-proxyauth");
    const container = at(pod, "container", 0);
    expect(container).toMatchObject({
      name: "envoy",
      image: "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.3-prod",
      port: [{ container_port: 8088, protocol: "TCP" }],
      env: [
        { name: "AWS_REGION", value: "us-west-2" },
        { name: "APPMESH_RESOURCE_ARN", value: `${meshArn}/virtualGateway/gateway-v_mesh-test` },
      ],
    });
  });

  it("004.16 an NLB of the load balancer controller stands before it", () => {
    const service = typedResource(stacks, "kubernetes_service_v1", "gateway-v");
    expect(service["spec"]).toMatchObject({
      type: "LoadBalancer",
      load_balancer_class: "service.k8s.aws/nlb",
      selector: { for: "gateway" },
      port: [{ name: "http", port: 80, target_port: "8088", protocol: "TCP" }],
    });
    expect(selectedBy({ for: "gateway" })).toEqual(["gateway-v"]);
    const { annotations } = metadataOf(service);
    expect(annotations).toMatchObject({ "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" });
    expect(annotations).not.toHaveProperty(["service.beta.kubernetes.io/aws-load-balancer-type"]);
  });

  it("004.17 the mesh comes after controller and namespace, its parts after it, routes after the gateway", () => {
    const namespace = "kubernetes_namespace_v1.namespaces_mesh-test";
    const mesh = carrierOf("Mesh", "mesh-1");
    expect(releaseOf(stacks, "appmesh-controller").stack).toBe("controllers");
    expect(mesh.stack).toBe("apps");
    expect(waits(mesh.arguments)).toContain(namespace);
    const parts = customResources(stacks).filter(
      (manifest) => manifest.apiVersion === apiVersion && manifest.kind !== "Mesh",
    );
    expect(new Set(parts.map(({ kind }) => kind))).toEqual(
      new Set(["VirtualNode", "VirtualRouter", "VirtualService", "VirtualGateway", "GatewayRoute"]),
    );
    for (const { kind, release } of parts) {
      const before = kind === "GatewayRoute" ? carrierOf("VirtualGateway", "gateway-v") : mesh;
      expect(waits(release.arguments), kind).toEqual(expect.arrayContaining([namespace, before.address]));
    }
  });

  it("004.17 pods come after the nodes and the gateway that select them", () => {
    for (const [deployment, kind, name] of [
      ["nginx-1", "VirtualNode", "vnode-1"],
      ["nginx-2", "VirtualNode", "vnode-2"],
      ["nginx-x", "VirtualNode", "vnode-x"],
      ["gateway-v", "VirtualGateway", "gateway-v"],
    ] as const) {
      expect(waits(typedResource(stacks, "kubernetes_deployment_v1", deployment)), deployment).toContain(
        carrierOf(kind, name).address,
      );
    }
  });

  it("004.17 every release of the mesh waits for what it tears down later, so nothing is left behind", () => {
    const releases = helmReleases(stacks).filter(({ address }) => address.startsWith("helm_release.mesh"));
    expect(releases.map(({ arguments: release }) => [release["wait"], release["namespace"]])).toEqual([
      [true, "mesh-test"],
      [true, "mesh-test"],
      [true, "mesh-test"],
    ]);
  });
});
