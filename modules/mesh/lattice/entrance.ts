import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { BalancerSettings } from "../../load-balancer/attributes";
import { replacedWith } from "../../load-balancer/replaced-with";
import { type BalancerNetwork, subnetsOf } from "../../load-balancer/subnets";
import { albAnnotations } from "../../routes/alb/annotations";
import { ruleOrder } from "../../routes/alb/rule-order";
import { httpHealthCheck } from "../../workloads/probes";
import type { Workload } from "../../workloads/schema";
import { workloadServiceName } from "../../workloads/service";
import { workloadOf } from "../members";
import type { Mesh, MeshGateway, MeshService } from "../schema";

export interface EntranceProps {
  readonly mesh: Mesh;
  readonly gateway: MeshGateway;
  readonly workloads: Readonly<Record<string, Workload>>;
  readonly balancers: BalancerSettings;
  readonly certificateArn: string | undefined;
  /** Where the load balancer may stand. */
  readonly network: BalancerNetwork;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Where an ALB asks the versions of a service whether they are well; `/` where they have no HTTP probe. */
export function entranceHealthCheck(
  service: MeshService,
  workloads: EntranceProps["workloads"],
): { readonly path: string; readonly port?: number } {
  const [first] = service.versions.map(({ workload: name }) => workloadOf(workloads, name));
  const check = first === undefined ? undefined : httpHealthCheck(first);
  if (check === undefined || first === undefined) return { path: "/" };
  return check.port === first.port ? { path: check.path } : check;
}

/** All versions are target groups of one Ingress, which has one delay for them. */
function longestDrain(service: MeshService, workloads: EntranceProps["workloads"]): number {
  return Math.max(...service.versions.map(({ workload }) => workloadOf(workloads, workload).drain.seconds));
}

/** Action of an ALB's rule: forwards to the versions by their weights, as Lattice does among the members. */
function forward(service: MeshService, workloads: EntranceProps["workloads"]): string {
  return JSON.stringify({
    type: "forward",
    forwardConfig: {
      targetGroups: service.versions.map(({ workload: version, weight }) => {
        const workload = workloadOf(workloads, version);
        return {
          serviceName: workloadServiceName({ name: version, workload }),
          servicePort: workload.servicePort,
          weight,
        };
      }),
    },
  });
}

/**
 * The way in from outside. VPC Lattice has none: a service's name resolves to link-local addresses, which only what runs
 * in an associated VPC can reach. So an ALB of the load balancer controller takes the requests straight to the versions'
 * pods, with the same weights; Lattice carries what the members say to each other.
 * Source: AWS Gateway API Controller, "Understanding the Gateway API Controller", Limitations; AWS Networking blog,
 * "Streamline your Amazon EKS deployments with Gateway API support".
 *
 * @returns host of the ALB, a Terraform reference; one for all routes.
 */
export function makeEntrance(scope: Construct, props: EntranceProps): string {
  const { mesh, gateway, workloads, network, balancers, certificateArn, dependsOn } = props;
  const lifecycle = replacedWith(new Construct(scope, "gateway"), gateway);
  const [host] = gateway.routes.map(({ name, prefix, service: serviceName }) => {
    const service = mesh.services[serviceName];
    if (service === undefined)
      throw new Error(`mesh.gateway routes to ${serviceName}, which is no service of the mesh`);
    const ingress = new IngressV1(scope, `gateway_${name}`, {
      metadata: {
        name,
        namespace: mesh.namespace,
        annotations: {
          ...albAnnotations({
            exposure: gateway.exposure,
            subnetIds: subnetsOf(gateway.exposure, network),
            drainSeconds: longestDrain(service, workloads),
            healthCheck: entranceHealthCheck(service, workloads),
            tls:
              certificateArn === undefined
                ? undefined
                : { certificateArn, policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
            inboundCidrs: gateway.inboundCidrs,
            inboundLists: gateway.inboundLists,
            balancers,
            group: { name: `${mesh.name}-${gateway.name}`, order: ruleOrder("*", prefix) },
          }),
          [`alb.ingress.kubernetes.io/actions.${serviceName}`]: forward(service, workloads),
        },
      },
      spec: {
        ingressClassName: "alb",
        rule: [
          {
            http: {
              path: [
                {
                  path: prefix,
                  pathType: "Prefix",
                  // The controller takes the action of this name instead of a Service.
                  backend: { service: { name: serviceName, port: { name: "use-annotation" } } },
                },
              ],
            },
          },
        ],
      },
      // The address is known only once the load balancer is there.
      waitForLoadBalancer: true,
      lifecycle,
      dependsOn: [...dependsOn],
    });
    return ingress.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
  });
  if (host === undefined) throw new Error("mesh.gateway has no route");
  return host;
}
