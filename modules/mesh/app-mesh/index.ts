import type { Construct } from "constructs";
import { CustomResources } from "../../kubernetes/custom-resources";
import { makeServiceAccount } from "../../workloads/service-account";
import type { MadeMesh, MeshProps } from "../made-mesh";
import { membersOf } from "../members";
import { makeStableServices } from "../stable-service";
import { GatewayEnvoy } from "./envoy";
import { gatewayRoutes, virtualGateway } from "./gateway-resources";
import { meshResource, virtualNode, virtualRouter, virtualService } from "./resources";

/**
 * AWS App Mesh. Its webhooks set the order: they refuse what is of a namespace without a mesh, routes without a gateway,
 * and pods without a VirtualNode or VirtualGateway that selects them.
 */
export function makeAppMesh(scope: Construct, props: MeshProps): MadeMesh {
  const { mesh, workloads, aws } = props;
  const { gateway, namespace } = mesh;
  const services = Object.entries(mesh.services);
  const itself = new CustomResources(scope, "itself", {
    releaseName: mesh.name,
    namespace,
    manifests: [meshResource(mesh)],
    dependsOn: props.dependsOn,
  });
  const parts = new CustomResources(scope, "parts", {
    releaseName: `${mesh.name}-parts`,
    namespace,
    manifests: [
      ...membersOf(mesh).map((member) => virtualNode(member, mesh, workloads)),
      ...services.map(([, service]) => virtualRouter(service, mesh)),
      ...services.map(([name, service]) => virtualService(name, service, mesh)),
      ...(gateway === undefined ? [] : [virtualGateway(gateway, mesh)]),
    ],
    dependsOn: [...props.dependsOn, itself.ready],
  });
  const serviceAccount = makeServiceAccount(scope, "service-account", {
    name: mesh.proxyServiceAccount,
    namespace,
    roleArn: props.proxyRoleArn,
    dependsOn: props.dependsOn,
  });
  makeStableServices(scope, props);
  const beforeMembers = [parts.ready, serviceAccount];
  if (gateway === undefined) return { beforeMembers, finish: () => ({}) };
  new CustomResources(scope, "gateway-routes", {
    releaseName: `${mesh.name}-gateway-routes`,
    namespace,
    manifests: gatewayRoutes(gateway, mesh),
    dependsOn: [...props.dependsOn, parts.ready],
  });
  const envoy = new GatewayEnvoy(scope, "gateway", {
    mesh,
    gateway,
    aws,
    balancers: props.balancers,
    certificateArn: props.certificateArn,
    network: props.network,
    namespace: props.dependsOn,
    beforePods: beforeMembers,
  });
  return { beforeMembers, finish: () => ({ [`mesh/${mesh.kind}/${gateway.name}`]: envoy.address }) };
}
