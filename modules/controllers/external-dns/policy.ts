import { type PolicyDocument, policyDocument } from "../../identity/policy";
import type { IdentityContext } from "../controller";

/**
 * What ExternalDNS does in Route 53: reads and changes the records of these zones, and finds them by name.
 * Source: ExternalDNS, `provider/aws/aws.go`; it asks for the tags of zones only where it filters by them.
 */
export function externalDnsPolicy(
  domains: readonly string[],
  { partition, zoneId }: Pick<IdentityContext, "partition" | "zoneId">,
): PolicyDocument {
  return policyDocument(
    {
      Sid: "RecordsOfTheseZones",
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
      Resource: domains.map((domain) => `arn:${partition}:route53:::hostedzone/${zoneId(domain)}`),
    },
    // IAM knows no narrower resource for it.
    { Sid: "FindZones", Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
  );
}
