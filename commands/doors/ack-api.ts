import { placeOf } from "../terraform-json/environment-json";
import { textAt, textsAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { throughLink } from "./http-api";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { saysAuthorization } from "./rest-api";
import type { Finding, Way } from "./way";

const group = "apigatewayv2.services.k8s.aws/";

function of(landscape: Landscape, kind: string): readonly KubernetesObject[] {
  return landscape.ofKind(kind).filter(({ apiVersion }) => apiVersion?.startsWith(group) === true);
}

/** Ways through HTTP APIs that the ACK controller makes from objects of Kubernetes. */
export function ackApiWays(landscape: Landscape): readonly Way[] {
  const routes = of(landscape, "Route");
  const keys = routes.map(({ spec, namespace }) => `${namespace} ${textAt(spec, "routeKey")}`);
  return routes
    .filter(({ spec, namespace }) => {
      const key = textAt(spec, "routeKey") ?? "";
      const shorter = key.replace(/\/\{proxy\+\}$/, "").replace(/ $/, "");
      return (
        !key.endsWith("/{proxy+}") ||
        !keys.some((other) => [`${namespace} ${shorter}`, `${namespace} ${shorter} /`].includes(other))
      );
    })
    .map((route) => way(landscape, route));
}

const named = (object: KubernetesObject, field: string) => textAt(object.spec, field, "from", "name");

function way(landscape: Landscape, route: KubernetesObject): Way {
  const find = (kind: string, name: string | undefined) =>
    of(landscape, kind).find((object) => object.namespace === route.namespace && object.name === name);
  const name = named(route, "apiRef");
  const api = find("API", name);
  const stage = of(landscape, "Stage").find(
    (one) => one.namespace === route.namespace && named(one, "apiRef") === name,
  );
  const integration = find("Integration", named(route, "targetRef"));
  const link = integration === undefined ? undefined : find("VPCLink", named(integration, "connectionRef"));
  const key = textAt(route.spec, "routeKey") ?? "$default";
  const place = placeOf(route.block);
  const findings: Finding[] = [];
  if (landscape.release("apigatewayv2-chart") === undefined) {
    findings.push({
      hole: "no-controller",
      says: `ACK's controller, which makes the API ${route.namespace}/${name}, is not installed.`,
      place,
    });
  }
  if (stage === undefined) {
    findings.push({ hole: "no-stage", says: `The API ${name} has no stage, so nobody reaches it.`, place });
  }
  const asked = saysAuthorization(textAt(route.spec, "authorizationType") ?? "NONE", false);
  if (asked === undefined) {
    findings.push({ hole: "anyone-may-call", says: `${key} of the API ${name} asks nobody who they are.`, place });
  }
  const end =
    integration === undefined
      ? {
          middle: [],
          backend: noBackend,
          findings: [{ hole: "no-integration", says: `${key} leads to no integration.`, place } as const],
        }
      : throughLink(landscape, {
          key,
          place: placeOf(integration.block),
          link:
            link === undefined
              ? undefined
              : {
                  name: link.name,
                  place: placeOf(link.block),
                  groups: textsAt(link.spec, "securityGroupIDs").map((id) =>
                    landscape.references.identity(link.block.stack, id),
                  ),
                },
          listener: landscape.references.blockOf(integration.block.stack, textAt(integration.spec, "integrationURI")),
        });
  return makeWay({
    id: `ack-api-gateway/${route.namespace}/${route.name}`,
    kind: "ack-api-gateway",
    declaredAs: landscape.declared.filter((declared) => declared.endsWith(`/ack-api-gateway/${name}`)),
    front: {
      from: [{ kind: "internet" }],
      findings: [],
      hops: [
        {
          stop: "api",
          says: `HTTP API ${textAt(api?.spec, "name") ?? name}, made by ACK`,
          place: api === undefined ? place : placeOf(api.block),
          passages: [],
        },
        {
          stop: "stage",
          says: `${textAt(stage?.spec, "stageName") ?? "no stage"}, 443 TLS, policy AWS's own, certificate AWS's own`,
          ...(stage === undefined ? {} : { place: placeOf(stage.block) }),
          passages: [],
        },
      ],
    },
    listening: [{ port: 443, tls: true, policy: "AWS's own", certificate: "AWS's own" }],
    authentication: asked,
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: [{ stop: "name", says: "the API's own name, execute-api", passages: [] }],
    middle: [{ stop: "rule", says: key, place, passages: [] }, ...end.middle],
    backend: end.backend,
    findings: [...findings, ...end.findings],
  });
}
