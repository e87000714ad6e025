import type { Concern, Review } from "./model";
import { attentionOf, concerns } from "./model";

const meanings: Readonly<Record<Concern, string>> = {
  replacement: "Terraform destroys a resource and makes it anew",
  "rename-without-moved": "A resource is renamed without a moved block",
  removal: "A resource that does not come back by applying again is removed",
  "contract-broken": "An output that another stack reads is gone or of another type",
  "permission-gained": "Somebody may do more in AWS",
  escalation: "A permission leads to more than was given",
  "principal-gained": "A policy names another principal",
  "way-added": "There is another way in",
  "way-opened": "A way in is more open than it was",
  "way-removed": "A way in is shut",
  hole: "A way leads nowhere, or something stands open",
  "group-opened": "A security group lets more in",
  "cluster-access-gained": "A principal gains access to the cluster",
  "kubernetes-rights-gained": "Rights within Kubernetes come or change",
  "encryption-lost": "Something is encrypted less",
  "protection-lost": "A protection is taken away",
  "logs-lost": "Less is recorded",
  "pod-security-weakened": "Pods may do more on their node",
  "network-policy-lost": "A network policy is gone",
  "public-storage": "Storage may be public",
  policy: "A policy is broken that was kept before",
  waiver: "A policy is waived, or its waiver has ended",
};

/** A review for code scanning. Source: SARIF 2.1.0, OASIS Standard. */
export function sarif(review: Review): object {
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "foundry review",
            rules: concerns.map((id) => ({ id, shortDescription: { text: `${meanings[id]}.` } })),
          },
        },
        results: attentionOf(review).map(({ concern, environment, says, place }) => ({
          ruleId: concern,
          ruleIndex: concerns.indexOf(concern),
          level: concern === "hole" || concern === "escalation" || concern === "replacement" ? "error" : "warning",
          message: { text: `${environment}: ${says}` },
          locations: [
            {
              // The file that a person changes; the stacks are made from it.
              physicalLocation: {
                artifactLocation: { uri: `environments/${environment}.ts` },
                region: { startLine: 1 },
              },
              logicalLocations: [{ fullyQualifiedName: place ?? environment, kind: "resource" }],
            },
          ],
          partialFingerprints: { "foundryReview/v1": `${environment}/${concern}/${place ?? ""}/${says}`.slice(0, 400) },
        })),
      },
    ],
  };
}
