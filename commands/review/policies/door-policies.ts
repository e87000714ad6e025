import { albIngresses } from "../../doors/alb";
import { albAnnotation, words } from "../../doors/ingress";
import { definedMethods } from "../../doors/rest-api";
import { placeOf } from "../../terraform-json/environment-json";
import { at, textAt } from "../../terraform-json/json";
import type { KubernetesObject } from "../../terraform-json/kubernetes-objects";
import { type Policy, where } from "./policy";

/** Attributes of a load balancer as an annotation lists them. */
const attributes = (ingress: KubernetesObject) => words(albAnnotation(ingress, "load-balancer-attributes"));

/** Policies over what requests come in by. */
export const doorPolicies: readonly Policy[] = [
  {
    id: "balancer-protected",
    reason: "Its address goes with it.",
    fix: "Switch on protection from deletion.",
    names: { securityHub: ["ELB.6"], checkov: ["CKV_AWS_150"] },
    broken: (landscape) => [
      ...where("aws_lb", ({ arguments: given }) => textAt(given, "enable_deletion_protection") !== "true")(landscape),
      ...albIngresses(landscape)
        .filter((ingress) => !attributes(ingress).includes("deletion_protection.enabled=true"))
        .map(({ block }) => placeOf(block)),
    ],
  },
  {
    id: "balancer-logs",
    reason: "They say who came in.",
    fix: "Have access logs written into a bucket.",
    names: { securityHub: ["ELB.5"], checkov: ["CKV_AWS_91"] },
    broken: (landscape) => [
      ...where("aws_lb", ({ arguments: given }) => at(given, "access_logs") === undefined)(landscape),
      ...albIngresses(landscape)
        .filter((ingress) => !attributes(ingress).includes("access_logs.s3.enabled=true"))
        .map(({ block }) => placeOf(block)),
    ],
  },
  {
    id: "invalid-headers-dropped",
    reason: "Headers that no client sends are how requests are smuggled.",
    fix: "Leave the attribute as it is made.",
    names: { securityHub: ["ELB.4"], checkov: ["CKV_AWS_131"], trivy: ["AWS-0052"] },
    broken: (landscape) =>
      albIngresses(landscape)
        .filter((ingress) => !attributes(ingress).includes("routing.http.drop_invalid_header_fields.enabled=true"))
        .map(({ block }) => placeOf(block)),
  },
  {
    id: "api-authorization",
    reason: "Without it the whole internet may call.",
    fix: "Have callers sign, or bring a token.",
    names: { securityHub: ["APIGateway.8"], checkov: ["CKV_AWS_59", "CKV_AWS_309"], trivy: ["AWS-0004"] },
    broken: (landscape) => [
      ...where(
        "aws_api_gateway_method",
        ({ arguments: given }) => textAt(given, "authorization") === "NONE",
      )(landscape),
      ...where("aws_api_gateway_rest_api", (api) =>
        definedMethods(api).some(({ authorization }) => authorization === "NONE"),
      )(landscape),
      ...where(
        "aws_apigatewayv2_route",
        ({ arguments: given }) => (textAt(given, "authorization_type") ?? "NONE") === "NONE",
      )(landscape),
    ],
  },
  {
    id: "api-access-logs",
    reason: "They say who called.",
    fix: "Leave access logs on.",
    names: { securityHub: ["APIGateway.1", "APIGateway.9"], checkov: ["CKV_AWS_76"], trivy: ["AWS-0001"] },
    broken: (landscape) =>
      ["aws_api_gateway_stage", "aws_apigatewayv2_stage"].flatMap((type) =>
        where(type, ({ arguments: given }) => at(given, "access_log_settings") === undefined)(landscape),
      ),
  },
  {
    id: "distribution-web-acl",
    reason: "What stands before the whole internet gets every known attack.",
    fix: "Name a web ACL for the route.",
    names: { securityHub: ["CloudFront.6"], checkov: ["CKV_AWS_68"], trivy: ["AWS-0011"] },
    broken: where("aws_cloudfront_distribution", ({ arguments: given }) => given["web_acl_id"] === undefined),
  },
];
