import type { NginxKind } from "../../controllers/nginx/schema";
import type { NginxRoute } from "./schema";

/** Seconds without an annotation. Source: nginx, `proxy_read_timeout`. */
const ownTimeout = 60;

/**
 * Annotations of an Ingress by which nginx waits longer and lets WebSockets through, in the words of its kind.
 * Source: ingress-nginx, "Annotations"; NGINX Ingress Controller, "Advanced configuration with annotations".
 */
export function nginxDepth(
  { timeoutSeconds, webSockets }: Pick<NginxRoute, "timeoutSeconds" | "webSockets">,
  kind: NginxKind,
  service: string,
): Readonly<Record<string, string>> {
  const [prefix, unit] = kind === "f5" ? ["nginx.org/", "s"] : ["nginx.ingress.kubernetes.io/", ""];
  const waits =
    timeoutSeconds === ownTimeout
      ? {}
      : Object.fromEntries(
          ["proxy-read-timeout", "proxy-send-timeout"].map((name) => [`${prefix}${name}`, `${timeoutSeconds}${unit}`]),
        );
  return { ...waits, ...(webSockets && kind === "f5" ? { "nginx.org/websocket-services": service } : {}) };
}
