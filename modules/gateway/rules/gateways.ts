import type { Environment } from "../../../platform/environment";
import { controllerNames, controllerNamespace } from "../../../platform/install-controllers";
import { publicSubnetCount } from "../../../platform/rules/controllers";
import { builtInNamespaces } from "../../kubernetes/built-in-namespaces";
import { otherRegion } from "../../schema/arn";
import { formatPath, type Problem } from "../../schema/problem";
import type { GatewayOptions } from "../schema";

type Named = readonly [name: string, gateway: GatewayOptions];

function gatewaysOf({ gateways }: Environment): readonly Named[] {
  return Object.entries(gateways);
}

export function gatewaysHaveTheirControllers(environment: Environment): readonly Problem[] {
  const { controllers, gateways } = environment;
  if (gatewaysOf(environment).length === 0) return [];
  const needed = {
    awsLoadBalancerController: "makes their load balancers",
    gatewayApiCrds: "brings their kinds",
  } as const;
  return (Object.keys(needed) as (keyof typeof needed)[])
    .filter((controller) => controllers[controller] === undefined)
    .map((controller) => ({
      path: "gateways",
      value: gateways,
      rule: `\`controllers.${controller}\` ${needed[controller]}, and it is not enabled`,
      remedy: `add \`${controller}: {}\` to \`controllers\``,
    }));
}

/** The controllers stack makes the namespaces of its controllers; who makes one a second time fails. */
export function gatewayNamespacesApart(environment: Environment): readonly Problem[] {
  const { controllers } = environment;
  return gatewaysOf(environment).flatMap(([name, { namespace }]) => {
    const owner = controllerNames(controllers).find((other) => controllerNamespace(other, controllers) === namespace);
    if (owner === undefined || builtInNamespaces.includes(namespace)) return [];
    return [
      {
        path: formatPath(["gateways", name, "namespace"]),
        value: namespace,
        rule: `the controllers stack makes this namespace for ${owner}, and a namespace is made once`,
        remedy: "use a namespace that no controller has",
      },
    ];
  });
}

/** Public subnets, one a zone. Source: Elastic Load Balancing user guide, "Subnets for your load balancer". */
const subnetsOfKind: Readonly<Record<GatewayOptions["kind"], number>> = { alb: 2, nlb: 1 };

export function gatewaysHavePublicSubnets(environment: Environment): readonly Problem[] {
  const count = publicSubnetCount(environment);
  return gatewaysOf(environment)
    .filter(([, { kind, exposure }]) => exposure === "internet-facing" && count < subnetsOfKind[kind])
    .map(([name, { kind, exposure }]) => ({
      path: formatPath(["gateways", name, "exposure"]),
      value: exposure,
      rule: `an internet-facing ${kind === "alb" ? "ALB needs public subnets in two zones" : "load balancer needs a public subnet"}, and \`network.publicSubnetIds\` has ${count}`,
      remedy: 'list public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`',
    }));
}

export function gatewayListenersApart(environment: Environment): readonly Problem[] {
  return gatewaysOf(environment).flatMap(([name, gateway]) =>
    gateway.kind === "alb"
      ? []
      : gateway.listeners.flatMap(({ port }, index) =>
          gateway.listeners.findIndex((other) => other.port === port) === index
            ? []
            : [
                {
                  path: formatPath(["gateways", name, "listeners", index, "port"]),
                  value: port,
                  rule: "the load balancer has another listener on this port already",
                  remedy: "give each listener a port of its own",
                },
              ],
        ),
  );
}

/** ARNs of a gateway, by their field. */
function certificatesOf([name, gateway]: Named): readonly (readonly [path: string, arn: string])[] {
  const at = (...field: readonly PropertyKey[]) => formatPath(["gateways", name, ...field]);
  return gateway.kind === "alb"
    ? gateway.certificateArns.map((arn, index) => [at("certificateArns", index), arn] as const)
    : gateway.listeners.flatMap((listener, index) =>
        listener.kind === "tls" ? [[at("listeners", index, "certificateArn"), listener.certificateArn] as const] : [],
      );
}

/** Source: "Certificates" in the ELB guides; AWS WAF developer guide, "Associating a web ACL with an AWS resource". */
export function gatewayArnsFit(environment: Environment): readonly Problem[] {
  const { accountId, region } = environment.aws;
  const accountProblem = (path: string, arn: string): readonly Problem[] => {
    const account = arn.split(":")[4];
    if (account === undefined || account === accountId) return [];
    return [
      {
        path,
        value: arn,
        rule: `it belongs to the account ${account}, and a load balancer takes what is of its own account alone`,
        remedy: `write one of the account ${accountId}`,
      },
    ];
  };
  return gatewaysOf(environment).flatMap((named) => [
    ...certificatesOf(named).flatMap(([path, arn]): readonly Problem[] => {
      if (/^arn:[^:]+:(acm:.*:certificate|iam:.*:server-certificate)\//.test(arn)) {
        return [...otherRegion(path, arn, region), ...accountProblem(path, arn)];
      }
      return [
        {
          path,
          value: arn,
          rule: "it is no certificate: those are of ACM, or uploaded to IAM",
          remedy: `write an ARN such as "arn:aws:acm:${region}:${accountId}:certificate/11111111-2222-3333-4444-555555555555"`,
        },
      ];
    }),
    ...webAclProblems(named, region, accountProblem),
  ]);
}

function webAclProblems(
  [name, gateway]: Named,
  region: string,
  accountProblem: (path: string, arn: string) => readonly Problem[],
): readonly Problem[] {
  if (gateway.kind === "nlb" || gateway.webAclArn === undefined) return [];
  const path = formatPath(["gateways", name, "webAclArn"]);
  const { webAclArn } = gateway;
  if (!/^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\//.test(webAclArn)) {
    return [
      {
        path,
        value: webAclArn,
        rule: "an ALB takes a regional web ACL of WAFv2, not one for CloudFront and nothing of WAF Classic",
        remedy: "name an ARN like arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>",
      },
    ];
  }
  return [...otherRegion(path, webAclArn, region), ...accountProblem(path, webAclArn)];
}
