import { type Block, placeOf } from "../terraform-json/environment-json";
import { textAt } from "../terraform-json/json";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { endpointOf } from "./network";
import { type Finding, isInternet, type Origin, type Passage, type Way } from "./way";

/** The way to the API server of the cluster. */
export function kubernetesApiWays(landscape: Landscape): readonly Way[] {
  return landscape.blocks("aws_eks_cluster").map((cluster) => way(landscape, cluster));
}

function way(landscape: Landscape, cluster: Block): Way {
  const { isPublic, isPrivate, cidrs } = endpointOf(cluster);
  const place = placeOf(cluster);
  const given = cidrs.length === 0 ? ["0.0.0.0/0"] : cidrs;
  const rules = landscape.groups.rules.filter(
    ({ direction, group, from, to }) =>
      direction === "ingress" && group === landscape.clusterGroup && from <= 443 && 443 <= to,
  );
  const inside = rules.map(
    (rule): Passage => ({
      kind: "security-group",
      lets: true,
      place: placeOf(rule.block),
      says: `private endpoint: lets in ${[...rule.cidrs, ...rule.groups, ...rule.prefixLists].join(", ")} on 443`,
    }),
  );
  const from: readonly Origin[] = [
    ...(isPublic ? [{ kind: "networks", cidrs: given } as const] : []),
    ...rules.flatMap((rule): readonly Origin[] => [
      ...(rule.cidrs.length === 0 ? [] : [{ kind: "networks", cidrs: rule.cidrs } as const]),
      ...rule.groups.map((id) => ({ kind: "security-group", id }) as const),
    ]),
  ];
  const open: Finding = {
    hole: "open-endpoint",
    says: `The public endpoint of the cluster ${textAt(cluster.arguments, "name")} answers every address; name the networks that may connect.`,
    place,
  };
  const entries = landscape
    .blocks("aws_eks_access_entry")
    .map((entry) => landscape.references.identity(entry.stack, textAt(entry.arguments, "principal_arn") ?? ""));
  return makeWay({
    id: "kubernetes-api",
    kind: "kubernetes-api",
    declaredAs: ["cluster.endpoint"],
    front: {
      from,
      findings: isPublic && isInternet([{ kind: "networks", cidrs: given }]) ? [open] : [],
      hops: [
        {
          stop: "listener",
          says: `443 TLS, EKS's own certificate; ${isPublic ? "public" : "no public"} and ${isPrivate ? "private" : "no private"} endpoint`,
          place,
          passages: [
            ...(isPublic
              ? [{ kind: "security-group", lets: true, place, says: `public endpoint: ${given.join(", ")}` } as const]
              : []),
            ...inside,
          ],
        },
      ],
    },
    principals: entries,
    listening: [{ port: 443, tls: true, certificate: "EKS's own" }],
    authentication: "IAM, by access entries",
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: [{ stop: "name", says: "the endpoint's own name", passages: [] }],
    middle: [],
    backend: {
      ...noBackend,
      hops: [{ stop: "service", says: "Kubernetes API server", place, passages: [] }],
      workload: "Kubernetes API server:443",
    },
  });
}
