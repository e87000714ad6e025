import { hasCertificate, type TlsChoice } from "../certificates/choice";
import { formatPath, type Problem } from "../schema/problem";
import type { Rule } from "../schema/rule";
import { type RoutedWorkloads, routesOfKind } from "../workloads/routes";
import type { Callers } from "./schema";

interface Checked extends TlsChoice {
  readonly kind: "alb";
  readonly callers: Callers;
  readonly clientCertificates?: string | undefined;
}

interface ThroughGateway {
  readonly kind: "gateway";
  readonly gateway: string;
  readonly callers: Callers;
}

interface Declared {
  readonly workloads: RoutedWorkloads;
  readonly gateways: Readonly<
    Record<
      string,
      { readonly kind: string; readonly certificates?: readonly string[]; readonly certificateArns?: readonly string[] }
    >
  >;
}

const remedy = "name a certificate";

/** Source: Elastic Load Balancing user guide, "Authenticate users" and "Verify JWTs": HTTPS listeners alone. */
const callersComeByTls: Rule<Declared> = ({ workloads, gateways }) => {
  const problem = (path: readonly PropertyKey[], callers: Callers): readonly Problem[] =>
    callers.kind === "anyone"
      ? []
      : [
          {
            path: formatPath([...path, "callers"]),
            value: callers,
            rule: "an ALB checks callers where they come by HTTPS, and there is no certificate",
            remedy,
          },
        ];
  const ofAlbs = routesOfKind<Checked>(workloads, "alb")
    .filter(({ route }) => !hasCertificate(route))
    .flatMap(({ path, route }) => problem(path, route.callers));
  const ofGateways = routesOfKind<ThroughGateway>(workloads, "gateway").flatMap(({ path, route }) => {
    const gateway = gateways[route.gateway];
    if (gateway === undefined) return [];
    if (gateway.kind === "nlb" && route.callers.kind !== "anyone") {
      return [
        {
          path: formatPath([...path, "callers"]),
          value: route.callers,
          rule: `the gateway ${route.gateway} is an NLB, which forwards connections and asks nobody who calls`,
          remedy: 'name a gateway of kind "alb", which asks',
        },
      ];
    }
    const { certificates = [], certificateArns = [] } = gateway;
    return certificates.length + certificateArns.length > 0 ? [] : problem(path, route.callers);
  });
  return [...ofAlbs, ...ofGateways];
};

/** Rules of who may call. */
export const callerRules: readonly Rule<Declared>[] = [callersComeByTls];
