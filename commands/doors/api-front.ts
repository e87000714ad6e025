import { type Block, placeOf } from "../terraform-json/environment-json";
import { at, isObject, listAt, listOf, objectOf, parsed, textAt, textsAt } from "../terraform-json/json";
import type { Landscape } from "./landscape";
import { recordHops } from "./records";
import type { Finding, Hop, Listening, Origin } from "./way";

/** A name of one's own in front of a stage. */
export interface ApiDomain {
  readonly hops: readonly Hop[];
  readonly listening: Listening;
  readonly mutual: boolean;
}

/** Custom domains that lead to a stage of an API. */
export function domainsOf(landscape: Landscape, api: Block, kind: "rest" | "http"): readonly ApiDomain[] {
  const [mapping, domain] =
    kind === "rest"
      ? (["aws_api_gateway_base_path_mapping", "aws_api_gateway_domain_name"] as const)
      : (["aws_apigatewayv2_api_mapping", "aws_apigatewayv2_domain_name"] as const);
  return landscape.naming(mapping, "api_id", api).flatMap((block) => {
    const found = landscape.follow(block, block.arguments["domain_name"]);
    if (found === undefined || found.type !== domain) return [];
    const given = found.arguments;
    const configuration = kind === "rest" ? given : at(given, "domain_name_configuration");
    const certificate =
      textAt(configuration, "certificate_arn") ?? textAt(configuration, "regional_certificate_arn") ?? "";
    const host = textAt(given, "domain_name");
    return [
      {
        hops: recordHops(landscape, host, [{ kind: "block", block: found }]).map((hop) =>
          hop.stop === "name" ? { ...hop, place: placeOf(found) } : hop,
        ),
        listening: {
          port: 443,
          tls: true,
          policy: textAt(configuration, "security_policy") ?? "TLS_1_2",
          certificate: landscape.references.identity(found.stack, certificate),
        },
        mutual: at(given, "mutual_tls_authentication") !== undefined,
      },
    ];
  });
}

/** Domains that lead to no stage. */
export function unmappedDomains(landscape: Landscape): readonly Finding[] {
  const pairs = [
    ["aws_api_gateway_domain_name", "aws_api_gateway_base_path_mapping"],
    ["aws_apigatewayv2_domain_name", "aws_apigatewayv2_api_mapping"],
  ] as const;
  return pairs.flatMap(([domain, mapping]) =>
    landscape
      .blocks(domain)
      .filter((block) => landscape.naming(mapping, "domain_name", block).length === 0)
      .map((block) => ({
        hole: "domain-not-mapped" as const,
        says: `The custom domain ${textAt(block.arguments, "domain_name")} leads to no stage of an API.`,
        place: placeOf(block),
      })),
  );
}

/** Name of the web ACL in front of a stage. */
export function aclOf(landscape: Landscape, stage: Block): string | undefined {
  const [association] = landscape.naming("aws_wafv2_web_acl_association", "resource_arn", stage);
  const acl = textAt(association?.arguments, "web_acl_arn");
  return acl === undefined || association === undefined
    ? undefined
    : landscape.references.identity(association.stack, acl);
}

/** Who may reach and call a REST API, by its endpoint and its resource policy. */
export function restAdmission(
  landscape: Landscape,
  api: Block,
): {
  readonly from: readonly Origin[];
  readonly principals: readonly string[] | undefined;
  readonly findings: readonly Finding[];
} {
  const types = textsAt(api.arguments, "endpoint_configuration", "types");
  const isPrivate = types.includes("PRIVATE");
  const [block] = landscape.naming("aws_api_gateway_rest_api_policy", "rest_api_id", api);
  const text = textAt(block?.arguments, "policy") ?? textAt(api.arguments, "policy");
  const written =
    text === undefined ? objectOf(parsed(textAt(api.arguments, "body")))["x-amazon-apigateway-policy"] : parsed(text);
  const statements = listOf(objectOf(written)["Statement"]);
  const place = placeOf(block ?? api);
  const allowing = statements.filter((statement) => textAt(statement, "Effect") === "Allow");
  const findings: Finding[] = [];
  if (written !== undefined ? allowing.length === 0 : isPrivate) {
    findings.push({
      hole: "nobody-admitted",
      says: `The ${isPrivate ? "private " : ""}API ${textAt(api.arguments, "name")} has ${written === undefined ? "no policy" : "a policy that allows nobody"}, so it answers nobody.`,
      place,
    });
  }
  const denied = statements.find((statement) => textAt(statement, "Effect") === "Deny" && closesToOthers(statement));
  const principals = allowing.flatMap((statement) => principalsOf(statement, block ?? api, landscape));
  const ids = textsAt(denied, "Condition", "StringNotEquals", "aws:SourceVpce");
  const networks = textsAt(denied, "Condition", "NotIpAddress", "aws:SourceIp");
  const from: readonly Origin[] = isPrivate
    ? [ids.length > 0 ? { kind: "vpc-endpoints", ids } : landscape.network.inside]
    : networks.length > 0
      ? [{ kind: "networks", cidrs: networks }]
      : [{ kind: "internet" }];
  if (isPrivate && denied === undefined && principals.includes("*")) {
    findings.push({
      hole: "undeclared-way",
      says: `The private API ${textAt(api.arguments, "name")} lets VPC endpoints of every account in: no statement of its policy keeps other networks out.`,
      place,
    });
  }
  return { from, principals: principals.length === 0 || principals.includes("*") ? undefined : principals, findings };
}

function closesToOthers(statement: unknown): boolean {
  return ["StringNotEquals", "NotIpAddress"].some((test) => isObject(at(statement, "Condition", test)));
}

function principalsOf(statement: unknown, block: Block, landscape: Landscape): readonly string[] {
  const principal = at(statement, "Principal");
  if (principal === "*") return ["*"];
  return listAt(principal, "AWS").map((one) => landscape.references.identity(block.stack, String(one)));
}
