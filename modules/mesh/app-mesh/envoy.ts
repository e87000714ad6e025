import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { images } from "../../lifecycle/images";
import type { BalancerSettings } from "../../load-balancer/attributes";
import { defaultDrainSeconds } from "../../load-balancer/drain";
import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import { type BalancerNetwork, subnetsOf } from "../../load-balancer/subnets";
import { gatewayLabels } from "../members";
import type { Mesh, MeshGateway } from "../schema";
import { meshArn } from "./proxy-access";

export interface GatewayEnvoyProps {
  readonly mesh: Mesh;
  readonly gateway: MeshGateway;
  readonly aws: Parameters<typeof meshArn>[1];
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Certificate that its load balancer presents. Default: none. */
  readonly certificateArn: string | undefined;
  /** Where the load balancer may stand. */
  readonly network: BalancerNetwork;
  /** The namespace. */
  readonly namespace: readonly ITerraformDependable[];
  /** The VirtualGateway and the service account: without the first the injector refuses the pods. */
  readonly beforePods: readonly ITerraformDependable[];
}

/** User that App Mesh's Envoy image is made for. Source: App Mesh user guide, "Envoy image". */
const envoyUser = "1337";

/** The Envoys of a VirtualGateway, behind an NLB with the pods as targets. */
export class GatewayEnvoy extends Construct {
  /** Host and port that the gateway is reached by; the host is a Terraform reference. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: GatewayEnvoyProps) {
    super(scope, id);
    const { gateway, mesh, certificateArn } = props;
    const metadata = { name: gateway.name, namespace: mesh.namespace };
    this.deployment(props);
    if (gateway.replicas > 1) {
      new PodDisruptionBudgetV1(this, "disruption-budget", {
        metadata,
        spec: { maxUnavailable: "1", selector: { matchLabels: { ...gatewayLabels } } },
        dependsOn: [...props.namespace],
      });
    }
    const listenerPort = certificateArn === undefined ? 80 : 443;
    const service = new ServiceV1(this, "service", {
      metadata: {
        ...metadata,
        annotations: nlbAnnotations({
          exposure: gateway.exposure,
          prefixLists: gateway.inboundLists,
          balancers: props.balancers,
          tls: certificateArn === undefined ? undefined : { certificateArn, ports: [listenerPort] },
          subnetIds: subnetsOf(gateway.exposure, props.network),
          drainSeconds: defaultDrainSeconds,
        }),
      },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: nlbClass,
        // The targets are pods; a port on every node would only be one more way in.
        allocateLoadBalancerNodePorts: false,
        ...(gateway.inboundCidrs.length === 0 ? {} : { loadBalancerSourceRanges: gateway.inboundCidrs }),
        selector: { ...gatewayLabels },
        port: [{ name: "http", port: listenerPort, targetPort: String(gateway.port), protocol: "TCP" }],
      },
      // The address is known only once the load balancer is there.
      waitForLoadBalancer: true,
      dependsOn: [...props.namespace],
    });
    this.address = `${service.status.get(0).loadBalancer.get(0).ingress.get(0).hostname}:${listenerPort}`;
  }

  private deployment({ mesh, gateway, aws, namespace, beforePods }: GatewayEnvoyProps): void {
    const labels = { ...gatewayLabels };
    new DeploymentV1(this, "deployment", {
      metadata: { name: gateway.name, namespace: mesh.namespace, labels },
      spec: {
        replicas: String(gateway.replicas),
        selector: { matchLabels: labels },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "0" } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: mesh.proxyServiceAccount,
            terminationGracePeriodSeconds: 2 * defaultDrainSeconds,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: envoyUser,
              runAsGroup: envoyUser,
              fsGroup: envoyUser,
              seccompProfile: { type: "RuntimeDefault" },
            },
            container: [
              {
                // The injector completes the container of this name and leaves any other alone.
                name: "envoy",
                image: `${images.appMeshEnvoy.repository}:${images.appMeshEnvoy.tag}`,
                env: [
                  { name: "AWS_REGION", value: aws.region },
                  {
                    name: "APPMESH_RESOURCE_ARN",
                    value: meshArn(mesh, aws, `/virtualGateway/${gateway.name}_${mesh.namespace}`),
                  },
                ],
                port: [{ containerPort: gateway.port, protocol: "TCP" }],
                // Envoy listens there once App Mesh has sent its configuration.
                readinessProbe: { tcpSocket: [{ port: String(gateway.port) }], periodSeconds: 5 },
                resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
                lifecycle: { preStop: [{ exec: { command: ["sleep", String(defaultDrainSeconds)] } }] },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  // A proxy's binary often has the one as a file capability, and could then not even start without it.
                  capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
                },
              },
            ],
            topologySpreadConstraint: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
              topologyKey,
              maxSkew: 1,
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: [{ matchLabels: labels }],
              matchLabelKeys: ["pod-template-hash"],
            })),
          },
        },
      },
      waitForRollout: true,
      timeouts: { create: "15m", update: "15m" },
      dependsOn: [...namespace, ...beforePods],
    });
  }
}
