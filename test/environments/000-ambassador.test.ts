import { describe, expect, it } from "vitest";
import { stacksOf } from "../support/environments";
import { at, list, policyOf } from "../support/json";
import { customResource, metadataOf, releaseOf, typedResource } from "../support/kubernetes-objects";
import { type Arguments, resources } from "../support/synth";

const seeds = () => stacksOf("seeds");
const emissary = () => releaseOf(seeds(), "emissary-ingress");

describe("seed 000, Ambassador on EKS", () => {
  it("000.1 the image repository scans every push", () => {
    const repository = resources(seeds().cluster, "aws_ecr_repository").find(
      ({ name }) => name === "predict-server-image-eks",
    );
    expect(repository).toMatchObject({ image_scanning_configuration: { scan_on_push: true } });
  });

  it("000.2 the cluster's role has AmazonEKSClusterPolicy and trusts EKS to assume and to tag", () => {
    const { cluster } = seeds();
    const [eks, ...more] = resources(cluster, "aws_eks_cluster");
    expect(more).toEqual([]);
    const [, roleName] = /^\$\{aws_iam_role\.(.+)\.arn\}$/.exec(String(eks?.["role_arn"])) ?? [];
    const role = cluster.resource["aws_iam_role"]?.[String(roleName)] as Arguments;
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ]);
    expect(resources(cluster, "aws_iam_role_policy_attachment")).toContainEqual(
      expect.objectContaining({
        role: `\${aws_iam_role.${roleName}.name}`,
        policy_arn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
      }),
    );
  });

  it("000.3 no Fargate profile takes pods that use kube2iam or Pod Identity", () => {
    // Every pod of the seeds runs on nodes; Fargate itself is tested with the cluster module.
    expect(resources(seeds().cluster, "aws_eks_fargate_profile")).toEqual([]);
  });

  it("000.4 Emissary comes as two charts, the CRDs first and both after the load balancer controller", () => {
    const crds = releaseOf(seeds(), "emissary-crds-chart");
    for (const { arguments: release } of [crds, emissary()]) {
      expect(release).toMatchObject({ repository: "oci://ghcr.io/emissary-ingress", version: "4.1.0" });
    }
    const dependsOn = list(emissary().arguments["depends_on"] as string[]);
    expect(dependsOn).toContain(crds.address);
    expect(dependsOn).toContain(releaseOf(seeds(), "aws-load-balancer-controller").address);
  });

  it("000.5 three replicas, the seed's Service names and annotation, memory enough, probes of the chart", () => {
    const { values } = emissary();
    expect(values).toMatchObject({
      replicaCount: 3,
      fullnameOverride: "ambassador",
      resources: { requests: { cpu: "200m" }, limits: { cpu: "1", memory: "600Mi" } },
      podAnnotations: { "sidecar.istio.io/inject": "false" },
    });
    expect(Object.keys(values)).not.toContain("livenessProbe");
    expect(Object.keys(values)).not.toContain("readinessProbe");
  });

  it("000.6 a Listener exists, so something is served", () => {
    expect(emissary().values).toMatchObject({ createDefaultListeners: true });
  });

  it("000.7 the admin port is not open to the world", () => {
    const { values } = emissary();
    expect(values).toMatchObject({ adminService: { port: 8877, type: "NodePort" } });
    expect(at(values, "adminService", "type")).not.toBe("LoadBalancer");
    expect(JSON.stringify(values["module"] ?? {})).not.toContain("true");
    const openToTheWorld = Object.values(seeds()).flatMap((stack) =>
      [
        ...resources(stack, "aws_vpc_security_group_ingress_rule"),
        ...resources(stack, "aws_security_group_rule"),
      ].filter(
        (rule) =>
          rule["cidr_ipv4"] === "0.0.0.0/0" || rule["cidr_ipv6"] === "::/0" || rule["cidr_blocks"] !== undefined,
      ),
    );
    expect(openToTheWorld).toEqual([]);
  });

  it("000.8 the Service listens on 80 and leads to the container's 8080", () => {
    expect(emissary().values).toMatchObject({
      service: { type: "LoadBalancer", ports: [{ name: "http", port: 80, targetPort: 8080 }] },
    });
  });

  it("000.9 its NLB has one Elastic IP a public subnet and pods as targets", () => {
    const annotations = at(emissary().values, "service", "annotations") as Record<string, string>;
    const eips = Object.entries(seeds().controllers.resource["aws_eip"] ?? {});
    const publicSubnets = resources(seeds().cluster, "aws_subnet").filter(
      ({ tags }) => at({ "kubernetes.io/role/elb": "", ...Object(tags) }, "kubernetes.io/role/elb") === "1",
    );
    expect(eips.length).toBeGreaterThan(0);
    expect(eips).toHaveLength(publicSubnets.length);
    for (const [, eip] of eips) expect(eip).toMatchObject({ domain: "vpc" });
    expect(annotations).toMatchObject({
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      "service.beta.kubernetes.io/aws-load-balancer-eip-allocations": eips
        .map(([name]) => `\${aws_eip.${name}.allocation_id}`)
        .join(","),
    });
  });

  it("000.10 the prediction Deployment runs the seed's command without --reload, from the environment's repository", () => {
    const deployment = typedResource(seeds(), "kubernetes_deployment_v1", "predict-pod");
    expect(deployment).toMatchObject({
      spec: { replicas: "1", template: { metadata: { labels: { app: "predict-pod" } } } },
    });
    const container = at(deployment, "spec", "template", "spec", "container", 0);
    expect(container).toMatchObject({
      name: "predict-container",
      image: "${data.terraform_remote_state.cluster.outputs.repository_urls.predict-server-image-eks}:1.0.0",
      command: ["/bin/sh", "-c"],
      args: [
        "gunicorn app:app -k uvicorn.workers.UvicornWorker --bind 0.0.0.0:5001 --workers 1 --threads 1 --backlog 256",
      ],
      port: [expect.objectContaining({ container_port: 5001 })],
    });
  });

  it("000.11 its Service is ClusterIP on 5001 and carries no Ambassador annotation", () => {
    const service = typedResource(seeds(), "kubernetes_service_v1", "predict-server");
    expect(service).toMatchObject({
      spec: {
        type: "ClusterIP",
        selector: { app: "predict-pod" },
        port: [{ port: 5001, target_port: "5001", protocol: "TCP" }],
      },
    });
    expect(metadataOf(service).annotations ?? {}).not.toHaveProperty(["getambassador.io/config"]);
  });

  it("000.12 the Mapping sends /health unchanged to the Service", () => {
    const mapping = customResource(seeds(), "Mapping", "api-mapping");
    expect(mapping).toMatchObject({
      apiVersion: "getambassador.io/v3alpha1",
      metadata: { namespace: "default" },
      spec: { hostname: "*", prefix: "/health", service: "predict-server:5001", rewrite: "" },
    });
  });

  it("000.13 the chart brings its own RBAC and no ClusterRole is written by hand", () => {
    expect(JSON.stringify(emissary().values)).not.toContain('"rbac"');
    for (const stack of Object.values(seeds())) {
      expect(Object.keys(stack.resource).filter((type) => type.startsWith("kubernetes_cluster_role"))).toEqual([]);
    }
  });
});
