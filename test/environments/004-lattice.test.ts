import { describe, expect, it } from "vitest";
import { synthStacks } from "../support/environments";
import { at, list, policyOf, strings } from "../support/json";
import {
  customResource,
  customResources,
  helmReleases,
  metadataOf,
  releaseOf,
  typedResource,
  typedResources,
} from "../support/kubernetes-objects";
import { resource, resources } from "../support/synth";
import { seedsWithMesh } from "./004-declaration";

const stacks = synthStacks(seedsWithMesh("lattice"));

describe("seed 004, VPC Lattice from the same declaration", () => {
  it("004.L1 the Gateway API controller, which knows where it is, with a role of its own", () => {
    const { stack, arguments: release, values } = releaseOf(stacks, "aws-gateway-controller-chart");
    expect(stack).toBe("controllers");
    expect(release).toMatchObject({
      repository: "oci://public.ecr.aws/aws-application-networking-k8s",
      version: "v2.1.3",
      namespace: "aws-application-networking-system",
    });
    expect(values).toMatchObject({
      clusterName: "${data.terraform_remote_state.cluster.outputs.cluster_name}",
      clusterVpcId: "${data.terraform_remote_state.cluster.outputs.vpc_id}",
      awsRegion: "us-west-2",
      awsAccountId: "123456789012",
      serviceAccount: {
        create: true,
        name: "gateway-api-controller",
        annotations: {
          "eks.amazonaws.com/role-arn": "${data.terraform_remote_state.identity.outputs.controller_role_arns.lattice}",
        },
      },
    });
    const trust = String(resource(stacks.identity, "aws_iam_role", "lattice_role")["assume_role_policy"]);
    expect(trust).toContain("system:serviceaccount:aws-application-networking-system:gateway-api-controller");
  });

  it("004.L1 its policy has the actions that the vendor's wildcard stands for, and no wildcard", () => {
    const { Statement } = policyOf(resource(stacks.identity, "aws_iam_policy", "lattice_policy"));
    const actions = Statement.flatMap(({ Action }) => list(Action));
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
    const counts: Record<string, number> = {};
    for (const action of actions) {
      const [service = ""] = action.split(":");
      counts[service] = (counts[service] ?? 0) + 1;
    }
    expect(counts).toEqual({
      "vpc-lattice": 48,
      ec2: 4,
      logs: 8,
      tag: 3,
      firehose: 1,
      s3: 2,
      acm: 1,
      iam: 2,
    });
  });

  it("004.L2 the GatewayClass, and a Gateway named after the service network", () => {
    expect(customResource(stacks, "GatewayClass", "amazon-vpc-lattice")).toMatchObject({
      apiVersion: "gateway.networking.k8s.io/v1",
      spec: { controllerName: "application-networking.k8s.aws/gateway-api-controller" },
    });
    const gateway = customResource(stacks, "Gateway", "mesh-1");
    expect(gateway.apiVersion).toBe("gateway.networking.k8s.io/v1");
    expect(gateway.metadata.namespace).toBe("mesh-test");
    expect(gateway.spec).toEqual({
      gatewayClassName: "amazon-vpc-lattice",
      listeners: [{ name: "http-80", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } }],
    });
    expect(resources(stacks.controllers, "aws_vpclattice_service_network")).toEqual([
      { name: "mesh-1", auth_type: "AWS_IAM" },
    ]);
  });

  it("004.L2 the VPC is associated with the service network, for callers of the cluster alone", () => {
    expect(resources(stacks.controllers, "aws_vpclattice_service_network_vpc_association")).toEqual([
      {
        service_network_identifier: "${aws_vpclattice_service_network.lattice-network.id}",
        vpc_identifier: "${data.terraform_remote_state.cluster.outputs.vpc_id}",
        security_group_ids: ["${data.terraform_remote_state.cluster.outputs.cluster_security_group_id}"],
      },
    ]);
  });

  it("004.L3 the HTTPRoute shares the requests evenly, under a name that Lattice takes", () => {
    const route = customResource(stacks, "HTTPRoute", "svc-v");
    expect(route.metadata).toEqual({
      name: "svc-v",
      namespace: "mesh-test",
      annotations: { "application-networking.k8s.aws/service-name-override": "mesh-1-svc-v" },
    });
    expect(route.spec).toEqual({
      parentRefs: [{ name: "mesh-1", sectionName: "http-80" }],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [
            { kind: "Service", name: "svc-1", port: 80, weight: 1 },
            { kind: "Service", name: "svc-2", port: 80, weight: 1 },
          ],
        },
      ],
    });
  });

  it("004.L4 the nodes' security group admits Lattice at the port of the pods", () => {
    expect(at(stacks.controllers.data, "aws_ec2_managed_prefix_list", "lattice-network_addresses")).toEqual({
      name: "com.amazonaws.us-west-2.vpc-lattice",
    });
    expect(resources(stacks.controllers, "aws_vpc_security_group_ingress_rule")).toEqual([
      {
        security_group_id: "${data.terraform_remote_state.cluster.outputs.cluster_security_group_id}",
        prefix_list_id: "${data.aws_ec2_managed_prefix_list.lattice-network_addresses.id}",
        description: "VPC Lattice, service network mesh-1",
        ip_protocol: "tcp",
        from_port: 80,
        to_port: 80,
      },
    ]);
  });

  it("004.L5 an ALB on the internet takes requests to the versions by the same weights", () => {
    const ingress = typedResource(stacks, "kubernetes_ingress_v1", "gateway-v-route-v");
    const { annotations, namespace } = metadataOf(ingress);
    expect(namespace).toBe("mesh-test");
    expect(annotations).toMatchObject({
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/healthcheck-path": "/",
    });
    expect(JSON.parse(String(annotations?.["alb.ingress.kubernetes.io/actions.svc-v"]))).toEqual({
      type: "forward",
      forwardConfig: {
        targetGroups: [
          { serviceName: "svc-1", servicePort: 80, weight: 1 },
          { serviceName: "svc-2", servicePort: 80, weight: 1 },
        ],
      },
    });
    expect(ingress["spec"]).toEqual({
      ingress_class_name: "alb",
      rule: [
        {
          http: {
            path: [
              {
                path: "/",
                path_type: "Prefix",
                backend: { service: { name: "svc-v", port: { name: "use-annotation" } } },
              },
            ],
          },
        },
      ],
    });
  });

  it("004.L6 nothing of App Mesh is left: no object, no release, no policy, no role, no label", () => {
    expect(customResources(stacks).filter(({ apiVersion }) => apiVersion.startsWith("appmesh"))).toEqual([]);
    expect(helmReleases(stacks).map(({ arguments: release }) => release["chart"])).not.toContain("appmesh-controller");
    expect(stacks.identity.output["mesh_role_arns"]?.value).toEqual({});
    const found = Object.entries(stacks).flatMap(([stack, { resource: blocks, data }]) =>
      strings({ blocks, data })
        .filter(({ text }) => /appmesh|app-mesh/i.test(text))
        .map(({ path }) => `${stack}${path}`),
    );
    expect(found).toEqual([]);
    expect(
      typedResources(stacks, "kubernetes_service_account_v1").map((account) => metadataOf(account).name),
    ).not.toContain("appmesh-proxyauth");
  });

  it("004.L6 the kind is the only word that differs between the two declarations", () => {
    const { kind: one, ...lattice } = seedsWithMesh("lattice").mesh;
    const { kind: other, ...appMesh } = seedsWithMesh("app-mesh").mesh;
    expect([one, other]).toEqual(["lattice", "app-mesh"]);
    expect(lattice).toEqual(appMesh);
    const { mesh: _lattice, ...around } = seedsWithMesh("lattice");
    const { mesh: _appMesh, ...aroundAppMesh } = seedsWithMesh("app-mesh");
    expect(around).toEqual(aroundAppMesh);
  });
});
