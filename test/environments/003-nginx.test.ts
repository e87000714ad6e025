import { describe, expect, it } from "vitest";
import { environmentFiles, stacksOf, synthStacks } from "../support/environments";
import { at, list, strings } from "../support/json";
import { customResources, helmReleases, releaseOf, typedResource } from "../support/kubernetes-objects";
import { resource } from "../support/synth";

const seeds = stacksOf("seeds");
const host = "demo.callmeradical.com";

describe("seed 003, API Gateway with nginx ingress: the service and nginx", () => {
  it("003.1 the Deployment healthy runs one container of its image on 8080", () => {
    const deployment = typedResource(seeds, "kubernetes_deployment_v1", "healthy");
    expect(deployment).toMatchObject({
      spec: { replicas: "1", template: { metadata: { labels: { app: "healthy" } } } },
    });
    expect(at(deployment, "spec", "template", "spec", "container")).toMatchObject([
      {
        name: "healthy",
        image: "${data.terraform_remote_state.cluster.outputs.repository_urls.healthy}:1.0.0",
        port: [{ container_port: 8080 }],
      },
    ]);
    expect(resource(seeds.cluster, "aws_ecr_repository", "registry_healthy")["name"]).toBe("healthy");
  });

  it("003.2 the Service healthy-app leads from 80 to 8080", () => {
    expect(typedResource(seeds, "kubernetes_service_v1", "healthy-app")).toMatchObject({
      metadata: { labels: { app: "healthy" } },
      spec: { selector: { app: "healthy" }, port: [{ port: 80, target_port: "8080" }] },
    });
  });

  it("003.3 ingress-nginx has an internet-facing NLB, a default backend and the class nginx", () => {
    const { arguments: release, values } = releaseOf(seeds, "ingress-nginx");
    expect(release).toMatchObject({
      version: "4.15.1",
      repository: "https://kubernetes.github.io/ingress-nginx",
    });
    expect(values).toMatchObject({
      controller: {
        ingressClassResource: { name: "nginx", controllerValue: "k8s.io/ingress-nginx" },
        service: {
          type: "LoadBalancer",
          loadBalancerClass: "service.k8s.aws/nlb",
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
        },
      },
      defaultBackend: { enabled: true },
    });
    expect(typedResource(seeds, "kubernetes_ingress_class_v1", "nginx")).toMatchObject({
      spec: { controller: "k8s.io/ingress-nginx" },
    });
    expect(list(release["depends_on"] as string[])).toContain("kubernetes_ingress_class_v1.nginx-class");
    for (const { path } of strings(values)) expect(path).not.toMatch(/hostPort|hostNetwork|Probe/);
  });

  it("003.3 it is there only because its end is acknowledged", () => {
    expect(() => synthStacks({ ...environmentFiles.seeds, acknowledgeEndOfLife: { appMesh: "2026-09-30" } })).toThrow(
      /controllers\.nginx[\s\S]*reached its end on 2026-03/,
    );
  });

  it("003.4 the Ingress demo-app-ingress leads from host and path to the Service", () => {
    expect(typedResource(seeds, "kubernetes_ingress_v1", "demo-app-ingress")).toMatchObject({
      spec: {
        ingress_class_name: "nginx",
        rule: [
          {
            host,
            http: {
              path: [
                {
                  path: "/health",
                  path_type: "Prefix",
                  backend: { service: { name: "healthy-app", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it("003.5 the record of the host is an alias to nginx's NLB, in the zone callmeradical.com", () => {
    const balancer = "dns_host_nginx_ingress-nginx-controller";
    expect(resource(seeds.apps, "aws_route53_record", "dns_host_demo_callmeradical_com")).toMatchObject({
      name: host,
      type: "A",
      zone_id: '${data.terraform_remote_state.cluster.outputs.zone_ids["callmeradical.com"]}',
      alias: { name: `\${data.aws_lb.${balancer}.dns_name}`, zone_id: `\${data.aws_lb.${balancer}.zone_id}` },
    });
    expect(seeds.apps.data["aws_lb"]?.[balancer]).toMatchObject({
      tags: {
        "elbv2.k8s.aws/cluster": "${data.terraform_remote_state.cluster.outputs.cluster_name}",
        "service.k8s.aws/stack": "nginx/ingress-nginx-controller",
      },
    });
    expect(resource(seeds.cluster, "aws_route53_zone", "zone_callmeradical_com")["name"]).toBe("callmeradical.com");
  });

  it("003.11 there is no ReplicationController, no port of a node and no image of the closed registry", () => {
    for (const { resource: blocks } of Object.values(seeds)) {
      expect(Object.keys(blocks).filter((type) => type.startsWith("kubernetes_replication_controller"))).toEqual([]);
    }
    expect(customResources(seeds).map(({ kind }) => kind)).not.toContain("ReplicationController");
    for (const { values } of helmReleases(seeds)) expect(JSON.stringify(values)).not.toContain("hostPort");
    expect(JSON.stringify(seeds)).not.toMatch(/host_port|gcr\.io/);
  });

  it("003.3 F5's nginx takes its place by another kind, and the Ingress goes over to its class and to nothing else", () => {
    const living = synthStacks({
      ...environmentFiles.seeds,
      acknowledgeEndOfLife: { appMesh: "2026-09-30" },
      controllers: {
        ...environmentFiles.seeds.controllers,
        nginx: {
          kind: "f5",
          exposure: "internet-facing",
          plainHttp: { reason: "Nothing that is secret goes through it." },
        },
      },
    });
    expect(releaseOf(living, "nginx-ingress").arguments["version"]).toMatch(/^2\./);
    const ingress = typedResource(seeds, "kubernetes_ingress_v1", "demo-app-ingress");
    expect(typedResource(living, "kubernetes_ingress_v1", "demo-app-ingress")).toEqual({
      ...ingress,
      spec: { ...Object(ingress["spec"]), ingress_class_name: "nginx-f5" },
    });
  });
});
