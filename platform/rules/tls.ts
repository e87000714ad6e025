import { hasCertificate } from "../../modules/certificates/choice";
import { nginxRoutes } from "../../modules/routes/nginx/shared-hosts";
import { formatField, formatPath, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { type Entrance, entrancesOf } from "../entrances";
import type { Environment } from "../environment";

/** How one writes a certificate at an entrance, and into `certificates`. */
function encrypting({ path, hosts, options }: Entrance): string {
  const [own] = hosts;
  const names = [...new Set(hosts.map(({ host }) => host))];
  const declared = formatField("web", { kind: "acm", hosts: own === undefined ? ["shop.example.com"] : names });
  const [first, , third] = path;
  const listener = first === "gateways" && third === "listeners";
  const field = first === "gateways" && !listener ? 'certificates: ["web"]' : 'certificate: "web"';
  const written = listener ? `\`kind: "tls"\` with \`${field}\`` : `\`${field}\``;
  const inPods =
    options.tlsInPods === undefined ? "" : "; where the pods speak TLS themselves, write `tlsInPods: true`";
  return `add \`${declared}\` to \`certificates\` and write ${written}${inPods}`;
}

/** From the internet nobody comes in by clear text unless the environment says why. */
export function clearTextIsMeant(environment: Environment): readonly Problem[] {
  return entrancesOf(environment)
    .filter(
      ({ exposure, clearText, plainHttp }) => exposure === "internet-facing" && clearText && plainHttp === undefined,
    )
    .map((entrance) => ({
      path: formatPath(entrance.path),
      value: undefined,
      rule: "it has no certificate, so what callers on the internet send and get can be read and changed on the way; a door that means it says why in `plainHttp`",
      remedy: encrypting(entrance),
    }));
}

/** Of certificate, ARN and the reason for none, an entrance has one. */
export function tlsIsChosenOnce(environment: Environment): readonly Problem[] {
  return entrancesOf(environment).flatMap(({ path, options, named, byArn }) => {
    const at = (field: string) => formatPath([...path, field]);
    const { certificate, certificateArn, plainHttp, tlsInPods } = options;
    const certified = byArn || named.length > 0;
    return [
      ...(certificate !== undefined && certificateArn !== undefined
        ? [
            {
              path: at("certificateArn"),
              value: certificateArn,
              rule: `\`certificate\` names ${certificate} already, and one of the two is presented`,
              remedy: "take one of the two out",
            },
          ]
        : []),
      ...(certified && plainHttp !== undefined
        ? [
            {
              path: at("plainHttp"),
              value: plainHttp,
              rule: "it says why callers come in by clear text, and there is a certificate, so they do not",
              remedy: "take it out",
            },
          ]
        : []),
      ...(certified && tlsInPods === true
        ? [
            {
              path: at("tlsInPods"),
              value: tlsInPods,
              rule: "the load balancer has a certificate, so callers' TLS ends there",
              remedy: "take it out, or take the certificate out",
            },
          ]
        : []),
    ];
  });
}

/** What cannot be without a certificate has one: a custom domain, a TLS listener. */
export function certificateIsChosen({ apis, gateways }: Environment): readonly Problem[] {
  const domains = Object.entries(apis).flatMap(([name, { customDomain }]) =>
    customDomain === undefined
      ? []
      : [{ path: ["apis", name, "customDomain"], choice: customDomain, what: "a custom domain" }],
  );
  const listeners = Object.entries(gateways).flatMap(([name, gateway]) =>
    gateway.kind === "alb"
      ? []
      : gateway.listeners.flatMap((choice, index) =>
          choice.kind === "tcp"
            ? []
            : [{ path: ["gateways", name, "listeners", index], choice, what: "a TLS listener" }],
        ),
  );
  return [...domains, ...listeners]
    .filter(({ choice }) => !hasCertificate(choice))
    .map(({ path, what }) => ({
      path: formatPath([...path, "certificate"]),
      value: undefined,
      rule: `${what} presents a certificate, and none is named`,
      remedy: "name one of `certificates`",
    }));
}

/** Browsers heed the header by HTTPS alone. Source: RFC 6797, section 8.1. */
export function hstsComesByTls(environment: Environment): readonly Problem[] {
  return entrancesOf(environment)
    .filter(({ options, named, byArn }) => options.hsts !== undefined && !byArn && named.length === 0)
    .filter(({ clearText }) => clearText)
    .map(({ path, options: { hsts } }) => ({
      path: formatPath([...path, "hsts"]),
      value: hsts,
      rule: "browsers heed it where it comes by HTTPS alone, and there is no certificate",
      remedy: "name a `certificate`, or take it out",
    }));
}

/** nginx would redirect every call to HTTPS, since by its port it came by HTTP, for ever. */
export function nginxBehindTlsPresentsNothing(environment: Environment): readonly Problem[] {
  const { nginx } = environment.controllers;
  if (nginx === undefined || !hasCertificate(nginx)) return [];
  return nginxRoutes(environment)
    .filter(({ route }) => route.tls !== undefined)
    .map(({ path, route }) => ({
      path: formatPath([...path, "tls"]),
      value: route.tls,
      rule: "TLS of every host ends at the load balancer before nginx, which would redirect callers to HTTPS for ever",
      remedy: "take it out, or take the certificate of `controllers.nginx` out",
    }));
}

/** Clear text that is meant, and clear text inside the VPC. */
export function clearText(environment: Environment): readonly string[] {
  const open = entrancesOf(environment).filter((entrance) => entrance.clearText);
  const meant = open.flatMap(({ path, exposure, plainHttp }) =>
    exposure === "internet-facing" && plainHttp !== undefined
      ? [
          `${formatPath(path)}: what callers on the internet send and get can be read on the way; its reason is "${plainHttp.reason}"`,
        ]
      : [],
  );
  const inside = open.filter(({ exposure, plainHttp }) => exposure === "internal" && plainHttp === undefined);
  if (inside.length === 0) return meant;
  const paths = allOf(inside.map(({ path }) => formatPath(path)));
  return [
    ...meant,
    `${paths}: callers in the VPC come in by clear text; name a certificate, or say why in \`plainHttp\``,
  ];
}
