import { DescribeAddressesCommand } from "@aws-sdk/client-ec2";
import { vpcLinksTo } from "../apigateway/vpc-links";
import { Ec2 } from "../ec2/client";
import type { Answer, Call, Extension } from "../exchange";
import type { MotoClient } from "../moto-client";
import { forget, keep } from "../overlay";
import { listParameter, parametersOf, queryError, withXml } from "../query-protocol";
import type { Store } from "../store";
import { elementText } from "../xml";
import { deregister } from "./deregistration";
import { type TargetHealth, withTargetHealth } from "./target-health";

const privateLinkRules = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";

/**
 * What moto loses of a network load balancer: the Elastic IPs of its zones, whether its security groups apply to traffic
 * through PrivateLink, and the scheme when it was left to the default. A balancer that a VPC link leads to is kept.
 */
export function loadBalancerExtension(moto: MotoClient, store: Store, targetHealth: TargetHealth): Extension {
  return {
    service: "elasticloadbalancing",
    async answer(call) {
      const parameters = parametersOf(call);
      switch (parameters.get("Action")) {
        case "CreateLoadBalancer":
        case "DescribeLoadBalancers":
        case "SetSecurityGroups":
        case "SetSubnets":
          return complete(await remember(moto, store, call, parameters), store);
        case "DeregisterTargets":
          return deregister(moto, call);
        case "DescribeTargetHealth":
          return withTargetHealth(await moto.forward(call), parameters.get("TargetGroupArn") ?? "", targetHealth);
        case "DeleteLoadBalancer":
          return remove(moto, store, call, parameters.get("LoadBalancerArn") ?? "");
        default:
          return undefined;
      }
    },
  };
}

async function remember(moto: MotoClient, store: Store, call: Call, parameters: URLSearchParams): Promise<Answer> {
  const answer = await moto.forward(call);
  const arn = parameters.get("LoadBalancerArn") ?? elementText(answer.body.toString("utf8"), "LoadBalancerArn");
  const action = parameters.get("Action");
  if (answer.status !== 200 || arn === undefined || action === "DescribeLoadBalancers") {
    return answer;
  }
  const rules = parameters.get(privateLinkRules);
  if (rules !== null) {
    keep(store.overlays, arn, { [privateLinkRules]: rules });
  }
  if (action !== "SetSecurityGroups") {
    keep(store.overlays, arn, { addresses: await addresses(moto, call.scope.region, parameters) });
  }
  store.save();
  return answer;
}

/** The XML of the addresses in each subnet that was mapped to some. */
async function addresses(
  moto: MotoClient,
  region: string,
  parameters: URLSearchParams,
): Promise<Readonly<Record<string, string>>> {
  const ec2 = new Ec2(moto, region);
  const subnets = listParameter(parameters, "SubnetMappings.member", "SubnetId");
  const found = await Promise.all(
    subnets.map(async (subnet, index) => {
      const mapping = `SubnetMappings.member.${index + 1}`;
      const allocation = parameters.get(`${mapping}.AllocationId`);
      const privateAddress = parameters.get(`${mapping}.PrivateIPv4Address`);
      const publicAddress = allocation === null ? undefined : await publicAddressOf(ec2, allocation);
      return [
        subnet,
        element("IpAddress", publicAddress) +
          element("AllocationId", allocation ?? undefined) +
          element("PrivateIPv4Address", privateAddress ?? undefined),
      ] as const;
    }),
  );
  return Object.fromEntries(found.filter(([, xml]) => xml !== ""));
}

async function publicAddressOf({ client }: Ec2, allocation: string): Promise<string | undefined> {
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({ AllocationIds: [allocation] }));
  return Addresses[0]?.PublicIp;
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? "" : `<${name}>${text}</${name}>`;
}

function complete(answer: Answer, store: Store): Answer {
  if (answer.status !== 200) {
    return answer;
  }
  return withXml(answer, (xml) =>
    xml
      .split(/(?=<member><LoadBalancerArn>)/)
      .map((part) => (part.startsWith("<member><LoadBalancerArn>") ? completeOne(part, store) : part))
      .join(""),
  );
}

function completeOne(xml: string, store: Store): string {
  const kept = store.overlays.get(elementText(xml, "LoadBalancerArn") ?? "") ?? {};
  const rules = kept[privateLinkRules];
  const zones = kept["addresses"] ?? {};
  const start =
    (typeof rules === "string" ? element(privateLinkRules, rules) : "") +
    (xml.includes("<Scheme>") ? "" : element("Scheme", "internet-facing"));
  const completed = Object.entries(zones).reduce(
    (text, [subnet, address]) =>
      text.replace(
        `<SubnetId>${subnet}</SubnetId>`,
        `<SubnetId>${subnet}</SubnetId><LoadBalancerAddresses><member>${address}</member></LoadBalancerAddresses>`,
      ),
    xml,
  );
  return completed.replace("<member>", `<member>${start}`);
}

async function remove(moto: MotoClient, store: Store, call: Call, arn: string): Promise<Answer> {
  const links = await vpcLinksTo(moto, call.scope.region, arn);
  if (links.length > 0) {
    return queryError(
      "ResourceInUse",
      `Load balancer '${arn}' cannot be deleted because it is currently associated with another service: ` +
        `VPC link ${links.join(", ")}`,
    );
  }
  const answer = await moto.forward(call);
  if (answer.status === 200) {
    forget(store.overlays, arn);
    store.save();
  }
  return answer;
}
