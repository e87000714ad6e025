import { meant } from "../../modules/schema/meant";
import { formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";

export function imagesFromKnownRepositories({ registry, workloads }: Environment): readonly Problem[] {
  const known = Object.keys(registry.repositories);
  const all = Object.entries(workloads).flatMap(([name, { image, initContainers, sidecars }]) => [
    { path: ["workloads", name], image },
    ...Object.entries(initContainers).map(([more, { image: other }]) => ({
      path: ["workloads", name, "initContainers", more],
      image: other,
    })),
    ...Object.entries(sidecars).map(([more, { image: other }]) => ({
      path: ["workloads", name, "sidecars", more],
      image: other,
    })),
  ]);
  return all.flatMap(({ path, image }) => {
    if (!("repository" in image) || known.includes(image.repository)) return [];
    return [
      {
        path: formatPath([...path, "image", "repository"]),
        value: image.repository,
        rule: "`repository` names one of the environment's own ECR repositories, and there is none of this name",
        remedy: meant(
          image.repository,
          known,
          `add \`${JSON.stringify(image.repository)}: {}\` to \`registry.repositories\`, or write \`name\` for an image of elsewhere`,
        ),
      },
    ];
  });
}

/** A pod gets only a role that kube2iam may hand out, and only where kube2iam is. */
export function kube2iamHandsOutRoles({ controllers, identity, workloads }: Environment): readonly Problem[] {
  const known = Object.keys(identity.kube2iamRoles);
  return Object.entries(workloads).flatMap(([name, { aws }]) => {
    if (aws.kind !== "kube2iam") return [];
    const absent = {
      path: formatPath(["workloads", name, "aws", "kind"]),
      value: aws.kind,
      rule: "`controllers.kube2iam` gives pods such a role, and it is not enabled",
      remedy: "add `kube2iam: {}` to `controllers`",
    };
    const problems = controllers.kube2iam === undefined ? [absent] : [];
    if (known.includes(aws.role)) return problems;
    return [
      ...problems,
      {
        path: formatPath(["workloads", name, "aws", "role"]),
        value: aws.role,
        rule: "the nodes may assume the roles of `identity.kube2iamRoles` and no others, and this is none of them",
        remedy: meant(aws.role, known, `add \`${JSON.stringify(aws.role)}: { ... }\` to \`identity.kube2iamRoles\``),
      },
    ];
  });
}
