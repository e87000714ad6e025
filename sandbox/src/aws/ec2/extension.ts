import type { Extension } from "../exchange";
import type { MotoClient } from "../moto-client";
import { ec2Error, parametersOf, withXml } from "../query-protocol";
import type { Store } from "../store";
import { dependents } from "./dependencies";
import { withoutTemplateTags } from "./launch-templates";
import { deleteNatGateway } from "./nat-gateways";
import { withinQuota } from "./quotas";
import { changeDescriptions, keepDescriptions, withDescriptions } from "./rule-descriptions";

/** What the front adds to EC2: refusals to delete what is in use and to go over a quota, launch templates as sent, NAT gateways gone. */
export function ec2Extension(moto: MotoClient, store: Store): Extension {
  return {
    service: "ec2",
    async answer(call) {
      const parameters = parametersOf(call);
      const action = parameters.get("Action") ?? "";
      const refusal = await dependents(moto, call.scope.region, action, parameters);
      if (refusal !== undefined) {
        return ec2Error("DependencyViolation", refusal);
      }
      switch (action) {
        case "DeleteNatGateway":
          return deleteNatGateway(moto, call, parameters.get("NatGatewayId") ?? "");
        case "AuthorizeSecurityGroupEgress":
        case "AuthorizeSecurityGroupIngress":
          return keepDescriptions(store, call, await moto.forward(call));
        case "ModifySecurityGroupRules":
          return changeDescriptions(store, call, await moto.forward(call));
        case "DescribeSecurityGroupRules":
          return withDescriptions(store, await moto.forward(call));
        case "DescribeLaunchTemplateVersions":
          return withXml(await moto.forward(call), withoutTemplateTags);
        default:
          return withinQuota(moto, call, action);
      }
    },
  };
}
