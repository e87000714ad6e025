import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nginxClass } from "../../controllers/nginx";
import type { NginxOptions } from "../../controllers/nginx/schema";
import { hostId } from "../../dns/hosts";
import { type PlacedRoute, type RoutedWorkloads, routesOfKind } from "../../workloads/routes";
import type { NginxRoute } from "./schema";

/** Annotation that makes F5's nginx merge Ingresses. Source: NGINX Ingress Controller, "Cross-namespace configuration". */
export const mergeAnnotation = "nginx.org/mergeable-ingress-type";

/** What routes through nginx read of an environment. */
export interface DeclaredNginx {
  readonly controllers: { readonly nginx?: NginxOptions | undefined };
  readonly workloads: RoutedWorkloads;
}

export type PlacedNginxRoute = PlacedRoute<NginxRoute>;

/** Every route through nginx, in the order of the file. */
export function nginxRoutes({ workloads }: Pick<DeclaredNginx, "workloads">): readonly PlacedNginxRoute[] {
  return routesOfKind<NginxRoute>(workloads, "nginx");
}

/** Name of the Ingress of a route. */
export function nginxIngressName({ route, owner }: Pick<PlacedNginxRoute, "route" | "owner">): string {
  return route.name ?? owner.name;
}

/** Secret that holds the certificate of a route's host. */
export function secretOf(placed: Pick<PlacedNginxRoute, "route" | "owner">): string {
  return placed.route.tls?.secretName ?? `${nginxIngressName(placed)}-tls`;
}

/** What a host has in an Ingress of its own: no label, so no route's name, has a dot. */
function masterName(host: string): string {
  if (host.startsWith("*")) return `nginx.${host.replace("*", "any")}`;
  return host.startsWith("any.") ? `nginx-host.${host}` : `nginx.${host}`;
}

/**
 * Hosts that several routes share, where F5's nginx serves them: it takes each host from one Ingress alone, the oldest,
 * unless one more stands for the host and the others say that they belong to it.
 */
export class SharedHosts extends Construct {
  private readonly masters = new Map<string, ITerraformDependable>();

  constructor(
    scope: Construct,
    id: string,
    environment: DeclaredNginx,
    namespaces: (name: string) => readonly ITerraformDependable[],
  ) {
    super(scope, id);
    const { nginx } = environment.controllers;
    if (nginx?.kind !== "f5") return;
    const className = nginxClass(nginx);
    const routes = nginxRoutes(environment);
    for (const host of new Set(routes.map(({ route }) => route.host))) {
      const sharing = routes.filter(({ route }) => route.host === host);
      const first = sharing.find(({ route }) => route.tls !== undefined) ?? sharing[0];
      if (first === undefined || sharing.length < 2) continue;
      this.masters.set(host, this.master(host, className, first, namespaces(first.owner.namespace)));
    }
  }

  /** The Ingress that stands for a host; undefined where its one route's Ingress does. */
  of(host: string): ITerraformDependable | undefined {
    return this.masters.get(host);
  }

  private master(
    host: string,
    className: string,
    first: PlacedNginxRoute,
    dependsOn: readonly ITerraformDependable[],
  ): IngressV1 {
    const { owner, route } = first;
    const { namespace } = owner;
    return new IngressV1(this, hostId(host), {
      metadata: { name: masterName(host), namespace, annotations: { [mergeAnnotation]: "master" } },
      spec: {
        ingressClassName: className,
        ...(route.tls === undefined ? {} : { tls: [{ hosts: [host], secretName: secretOf(first) }] }),
        rule: [host === "*" ? {} : { host }],
      },
      dependsOn: [...dependsOn],
    });
  }
}
