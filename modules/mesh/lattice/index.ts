import type { Construct } from "constructs";
import { CustomResources } from "../../kubernetes/custom-resources";
import type { MadeMesh, MeshProps } from "../made-mesh";
import { makeStableServices } from "../stable-service";
import { makeEntrance } from "./entrance";
import { gatewayResource, httpRoute, targetGroupPolicy } from "./resources";

/** Amazon VPC Lattice. Pods need nothing of it; its routes need the Services of the pods. */
export function makeLattice(scope: Construct, props: MeshProps): MadeMesh {
  const { mesh, workloads, balancers, certificateArn } = props;
  const { gateway, namespace } = mesh;
  const itself = new CustomResources(scope, "itself", {
    releaseName: mesh.name,
    namespace,
    manifests: [gatewayResource(mesh)],
    dependsOn: props.dependsOn,
  });
  const stableServices = makeStableServices(scope, props);
  return {
    beforeMembers: [],
    finish(services) {
      const versions = Object.values(mesh.services).flatMap((service) =>
        service.versions.map(({ workload }) => workload),
      );
      const checks = new CustomResources(scope, "health-checks", {
        releaseName: `${mesh.name}-health-checks`,
        namespace,
        manifests: versions.map((version) => targetGroupPolicy(version, mesh, workloads)),
        dependsOn: [...props.dependsOn, ...services],
      });
      new CustomResources(scope, "routes", {
        releaseName: `${mesh.name}-routes`,
        namespace,
        manifests: Object.entries(mesh.services).map(([name, service]) => httpRoute(name, service, mesh, workloads)),
        dependsOn: [itself.ready, checks.ready, ...services],
      });
      if (gateway === undefined) return {};
      const host = makeEntrance(scope, {
        mesh,
        gateway,
        workloads,
        network: props.network,
        balancers,
        certificateArn,
        dependsOn: [...stableServices, ...services],
      });
      const port = certificateArn === undefined ? 80 : 443;
      return { [`mesh/${mesh.kind}/${gateway.name}`]: `${host}:${port}` };
    },
  };
}
