import type {
  DeploymentV1SpecTemplateSpecAffinity as Affinity,
  DeploymentV1SpecTemplateSpecTopologySpreadConstraint as SpreadConstraint,
  DeploymentV1SpecTemplateSpecToleration as Toleration,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { nonEmpty } from "./non-empty";
import type { Scheduling } from "./scheduling-schema";

type PodTerms = NonNullable<NonNullable<Scheduling["affinity"]>["podAffinity"]>;
type PodTerm = PodTerms["requiredDuringSchedulingIgnoredDuringExecution"][number];

export function tolerations({ tolerations: all }: Scheduling): Toleration[] | undefined {
  return nonEmpty(
    all.map(({ key, operator, value, effect, seconds }) => ({
      operator,
      ...(key === undefined ? {} : { key }),
      ...(value === undefined ? {} : { value }),
      ...(effect === undefined ? {} : { effect }),
      ...(seconds === undefined ? {} : { tolerationSeconds: String(seconds) }),
    })),
  );
}

function podTerm({ topologyKey, namespaces, labelSelector }: PodTerm) {
  const { matchLabels, matchExpressions } = labelSelector;
  return {
    topologyKey,
    ...(namespaces.length === 0 ? {} : { namespaces: [...namespaces] }),
    labelSelector: [
      {
        ...(Object.keys(matchLabels).length === 0 ? {} : { matchLabels }),
        ...(matchExpressions.length === 0 ? {} : { matchExpressions }),
      },
    ],
  };
}

function podTerms(terms: PodTerms) {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: nonEmpty(
      terms.requiredDuringSchedulingIgnoredDuringExecution.map(podTerm),
    ),
    preferredDuringSchedulingIgnoredDuringExecution: nonEmpty(
      terms.preferredDuringSchedulingIgnoredDuringExecution.map(({ weight, podAffinityTerm }) => ({
        weight,
        podAffinityTerm: podTerm(podAffinityTerm),
      })),
    ),
  };
}

/** Affinity in the words of Terraform's provider, which are the API's. */
export function affinity({ affinity: wanted }: Scheduling): Affinity | undefined {
  if (wanted === undefined) return undefined;
  const { nodeAffinity, podAffinity, podAntiAffinity } = wanted;
  const required = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    ...(nodeAffinity === undefined
      ? {}
      : {
          nodeAffinity: {
            ...(required === undefined
              ? {}
              : {
                  requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerm: required.nodeSelectorTerms.map(({ matchExpressions }) => ({ matchExpressions })),
                  },
                }),
            preferredDuringSchedulingIgnoredDuringExecution: nonEmpty(
              nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.map(({ weight, preference }) => ({
                weight,
                preference: { matchExpressions: preference.matchExpressions },
              })),
            ),
          },
        }),
    ...(podAffinity === undefined ? {} : { podAffinity: podTerms(podAffinity) }),
    ...(podAntiAffinity === undefined ? {} : { podAntiAffinity: podTerms(podAntiAffinity) }),
  };
}

export function moreSpread(
  { topologySpread }: Scheduling,
  labels: Readonly<Record<string, string>>,
): SpreadConstraint[] {
  return topologySpread.map((constraint) => ({ ...constraint, labelSelector: [{ matchLabels: { ...labels } }] }));
}
