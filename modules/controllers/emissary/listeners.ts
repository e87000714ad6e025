import type { Host } from "../../../.gen/getambassador.io/v3alpha1/host";
import type { Listener } from "../../../.gen/getambassador.io/v3alpha1/listener";

/** Where Envoy takes what came to the load balancer by HTTP. */
export const clearTextPort = 8080;

/** Where it takes what came by TLS, which ended at the load balancer. */
export const terminatedPort = 8443;

function listener(name: string, namespace: string, port: number, securityModel: "SECURE" | "INSECURE"): Listener {
  return {
    apiVersion: "getambassador.io/v3alpha1",
    kind: "Listener",
    metadata: { name, namespace },
    spec: { port, protocol: "HTTP", securityModel, hostBinding: { namespace: { from: "ALL" } } },
  };
}

/**
 * What makes Emissary route what came by TLS and redirect the rest. An NLB says nothing in headers of how a caller came, so
 * the port has to: a caller could write X-Forwarded-Proto itself.
 */
export function behindTls(name: string, namespace: string): readonly (Listener | Host)[] {
  const everyHost: Host = {
    apiVersion: "getambassador.io/v3alpha1",
    kind: "Host",
    metadata: { name: `${name}-every-host`, namespace },
    spec: { hostname: "*", requestPolicy: { insecure: { action: "Redirect" } } },
  };
  return [
    listener(`${name}-http`, namespace, clearTextPort, "INSECURE"),
    listener(`${name}-https`, namespace, terminatedPort, "SECURE"),
    everyHost,
  ];
}
