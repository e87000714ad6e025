import { hasCertificate } from "../../modules/certificates/choice";
import type { GatewayOptions } from "../../modules/gateway/schema";
import type { AlbRoute } from "../../modules/routes/alb/schema";
import { meant } from "../../modules/schema/meant";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { routesOfKind } from "../../modules/workloads/routes";
import type { Environment } from "../environment";

/** Who asks callers for a certificate. */
interface Asking {
  readonly path: readonly PropertyKey[];
  readonly store: string;
  /** Whether callers come to it by TLS. */
  readonly byTls: boolean;
}

function ofGateway(gateway: GatewayOptions): Pick<Asking, "store" | "byTls"> | undefined {
  if (gateway.kind === "nlb" || gateway.clientCertificates === undefined) return undefined;
  const { clientCertificates: store, certificates, certificateArns } = gateway;
  return { store, byTls: certificates.length + certificateArns.length > 0 };
}

function asking({ apis, gateways, workloads }: Environment): readonly Asking[] {
  const routes = routesOfKind<AlbRoute>(workloads, "alb").flatMap(({ path, route }) =>
    route.clientCertificates === undefined
      ? []
      : [{ path, store: route.clientCertificates, byTls: hasCertificate(route) }],
  );
  const ofGateways = Object.entries(gateways).flatMap(([name, gateway]) => {
    const found = ofGateway(gateway);
    return found === undefined ? [] : [{ path: ["gateways", name], ...found }];
  });
  const ofApis = Object.entries(apis).flatMap(([name, { customDomain }]) =>
    customDomain?.clientCertificates === undefined
      ? []
      : [{ path: ["apis", name, "customDomain"], store: customDomain.clientCertificates, byTls: true }],
  );
  return [...routes, ...ofGateways, ...ofApis];
}

export function trustStoresKnown(environment: Environment): readonly Problem[] {
  const known = Object.keys(environment.trustStores);
  return asking(environment)
    .filter(({ store }) => !known.includes(store))
    .map(({ path, store }) => ({
      path: formatPath([...path, "clientCertificates"]),
      value: store,
      rule: "it is none of the trust stores in `trustStores`",
      remedy: meant(store, known, `add \`${JSON.stringify(store)}: { authorities: [...] }\` to \`trustStores\``),
    }));
}

export function clientCertificatesComeByTls(environment: Environment): readonly Problem[] {
  return asking(environment)
    .filter(({ byTls }) => !byTls)
    .map(({ path, store }) => ({
      path: formatPath([...path, "clientCertificates"]),
      value: store,
      rule: "a caller shows a certificate in TLS, and the door has no certificate itself, so TLS never begins",
      remedy: "name a certificate",
    }));
}

/** Source: API Gateway developer guide, "Configuring mutual TLS authentication": the default endpoint asks for none. */
export function mutualTlsHasNoWayAround({ apis }: Environment): readonly Problem[] {
  return Object.entries(apis).flatMap(([name, api]) => {
    const { customDomain } = api;
    if (customDomain?.clientCertificates === undefined) return [];
    const path = ["apis", name];
    const open = api.disableExecuteApiEndpoint
      ? []
      : [
          {
            path: formatPath([...path, "disableExecuteApiEndpoint"]),
            value: false,
            rule: "the domain asks callers for a certificate, and the name of API Gateway's own lets them in without one",
            remedy: "write `disableExecuteApiEndpoint: true`",
          },
        ];
    const edge =
      api.kind === "rest" && api.endpoint.kind === "EDGE"
        ? [
            {
              path: formatPath([...path, "customDomain", "clientCertificates"]),
              value: customDomain.clientCertificates,
              rule: "an EDGE domain asks callers for no certificate",
              remedy: 'write `endpoint: { kind: "REGIONAL" }`',
            },
          ]
        : [];
    return [...open, ...edge];
  });
}
