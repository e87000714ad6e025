import { type Conditions, type PolicyDocument, policyDocument, type Statement } from "../identity/policy";
import type { RestApiOptions } from "./rest-schema";

export interface ResourcePolicyProps {
  readonly options: Pick<RestApiOptions, "endpoint" | "clientArns" | "clientUsers">;
  /** Calls of the stage, `execute-api:/<stage>/*`: the API that has the policy is meant. */
  readonly calls: string;
  /** ARN of one of `identity.users`. */
  readonly userArn: (name: string) => string;
  /** VPC of the cluster. */
  readonly vpcId: string;
}

const invoke = "execute-api:Invoke";

/**
 * Who may call a REST API, beside what IAM says of the callers themselves; undefined where nothing is said.
 * Source: API Gateway developer guide, "API Gateway resource policy examples" and "Private REST APIs".
 */
export function resourcePolicy(props: ResourcePolicyProps): PolicyDocument | undefined {
  const { options, calls, userArn } = props;
  const clients = [...options.clientArns, ...options.clientUsers.map(userArn)];
  const isPrivate = options.endpoint.kind === "PRIVATE";
  if (clients.length === 0 && !isPrivate) return undefined;
  const allow: Statement = {
    Effect: "Allow",
    // A private API answers nobody without a policy, and whom the next statement leaves is authorized by the methods.
    Principal: clients.length === 0 ? "*" : { AWS: clients },
    Action: invoke,
    Resource: calls,
  };
  return policyDocument(allow, ...elsewhere(props));
}

/** Keeps calls from other networks out of a private API. */
function elsewhere({ options, calls, vpcId }: ResourcePolicyProps): readonly Statement[] {
  const { endpoint } = options;
  if (endpoint.kind !== "PRIVATE") return [];
  const ids = endpoint.vpcEndpointIds;
  const home: Conditions[string] = ids.length === 0 ? { "aws:SourceVpc": vpcId } : { "aws:SourceVpce": ids };
  return [{ Effect: "Deny", Principal: "*", Action: invoke, Resource: calls, Condition: { StringNotEquals: home } }];
}
