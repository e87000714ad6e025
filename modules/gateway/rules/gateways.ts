import type { AwsOptions } from "../../aws/schema";
import { type CertificateUse, certificateProblems, type WebAclUse, webAclProblems } from "../../load-balancer/arns";
import { formatPath, type Problem } from "../../schema/problem";
import type { GatewayOptions, GatewaysOptions } from "../schema";

/** What the rules of gateways read of an environment. */
interface Declared {
  readonly aws: AwsOptions;
  readonly controllers: { readonly awsLoadBalancerController?: object; readonly gatewayApiCrds?: object };
  readonly gateways: GatewaysOptions;
}

type Named = readonly [name: string, gateway: GatewayOptions];

function gatewaysOf({ gateways }: Declared): readonly Named[] {
  return Object.entries(gateways);
}

export function gatewaysHaveTheirControllers(environment: Declared): readonly Problem[] {
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

export function gatewayListenersUnique(environment: Declared): readonly Problem[] {
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

/** Certificates of a gateway, by their field. */
function certificatesOf(gateway: GatewayOptions): readonly CertificateUse[] {
  return gateway.kind === "alb"
    ? gateway.certificateArns.map((arn, index) => ({ field: ["certificateArns", index], arn }))
    : gateway.listeners.flatMap((listener, index) =>
        listener.kind === "tls" && listener.certificateArn !== undefined
          ? [{ field: ["listeners", index, "certificateArn"], arn: listener.certificateArn }]
          : [],
      );
}

function webAclsOf(gateway: GatewayOptions): readonly WebAclUse[] {
  return gateway.kind === "nlb" || gateway.webAclArn === undefined
    ? []
    : [{ field: ["webAclArn"], arn: gateway.webAclArn }];
}

/** Certificates and web ACLs fit the load balancers of the gateways that name them. */
export function gatewayArnsFit(environment: Declared): readonly Problem[] {
  return gatewaysOf(environment).flatMap(([name, gateway]) => [
    ...certificatesOf(gateway).flatMap((use) => certificateProblems(use, ["gateways", name], environment.aws)),
    ...webAclsOf(gateway).flatMap((use) => webAclProblems(use, ["gateways", name], environment.aws)),
  ]);
}
