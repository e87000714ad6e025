import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { Construct } from "constructs";
import type { RestApiOptions } from "./rest-schema";

export interface UsagePlanProps {
  /** Name in AWS. */
  readonly name: string;
  readonly options: NonNullable<RestApiOptions["usagePlan"]>;
  readonly restApiId: string;
  readonly stageName: string;
}

/** Limits and quotas of callers with an API key. No key's value leaves the state. */
export class UsagePlan extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: UsagePlanProps) {
    super(scope, id);
    const { throttling, quota, keys } = props.options;
    this.id = new ApiGatewayUsagePlan(this, "Resource", {
      name: props.name,
      apiStages: [{ apiId: props.restApiId, stage: props.stageName }],
      ...(throttling === undefined ? {} : { throttleSettings: { ...throttling } }),
      ...(quota === undefined ? {} : { quotaSettings: { ...quota } }),
    }).id;
    if (keys.kind === "outside") return;
    for (const name of keys.names) {
      const key = new ApiGatewayApiKey(this, `key_${name}`, { name: `${props.name}-${name}` });
      new ApiGatewayUsagePlanKey(this, `use_${name}`, { usagePlanId: this.id, keyId: key.id, keyType: "API_KEY" });
    }
  }
}
