import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { RouteTarget } from "../workloads/route-target";
import { workloadSchema } from "../workloads/schema";
import { WorkloadResources } from "../workloads/workload";
import { nginxConfiguration, type ProxiedPath } from "./nginx";
import type { RestApiOptions } from "./rest-schema";
import { reverseProxyName } from "./reverse-proxy-name";

export interface ReverseProxyProps {
  /** Name of the API. */
  readonly api: string;
  readonly options: Extract<RestApiOptions["reverseProxy"], { readonly kind: "nginx" }>;
  readonly namespace: string;
  readonly region: string;
  readonly paths: readonly ProxiedPath[];
  /** The Services it leads to, and the namespace. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** User of the unprivileged nginx image. */
const nginxUser = 101;

/** nginx in front of an API's workloads: a workload like any other, whose content is its configuration. */
export function makeReverseProxy(scope: Construct, id: string, props: ReverseProxyProps): RouteTarget {
  const { api, options, namespace, region, paths, dependsOn } = props;
  const name = reverseProxyName(api);
  return new WorkloadResources(scope, id, {
    name,
    workload: workloadSchema.parse({
      namespace,
      image: options.image,
      port: options.port,
      replicas: options.replicas,
      configMaps: {
        [name]: { data: { "nginx.conf": nginxConfiguration(options.port, paths) }, mountPath: "/etc/nginx" },
      },
      temporaryDirectories: ["/tmp"],
      security: { kind: "restricted", runAsUser: nginxUser },
    }),
    region,
    podsAreTargets: true,
    repositoryUrl: () => {
      throw new Error("the image of a reverse proxy is not in the environment's registry");
    },
    dependsOn,
  }).target;
}
