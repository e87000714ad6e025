import { z } from "zod";
import type { SynthesizedStack } from "../../synthesized";

/** An image that an environment's workloads name. */
export const wantedImage = z.discriminatedUnion("kind", [
  /** Of the account's own registry: whoever builds it pushes it there. */
  z.object({
    kind: z.literal("own"),
    repository: z.string(),
    tag: z.string(),
    port: z.number(),
    /** What its pods start; `gunicorn` where they call that, otherwise the image's own program. */
    starts: z.enum(["its own", "gunicorn"]),
  }),
  /** Of a registry of others. */
  z.object({ kind: z.literal("public"), reference: z.string() }),
]);

export type WantedImage = z.infer<typeof wantedImage>;

const container = z.looseObject({
  image: z.string(),
  args: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  port: z.array(z.looseObject({ container_port: z.number() })).default([]),
});
const deployment = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ container: z.array(container) }) }),
  }),
});

const defaultPort = 8080;

/** Images of every Deployment that the stacks make. */
export function wantedImages(stacks: readonly SynthesizedStack[]): readonly WantedImage[] {
  const repositories = repositoryNames(stacks);
  const containers = stacks
    .flatMap(({ json }) => Object.values(json.resource["kubernetes_deployment_v1"] ?? {}))
    .flatMap((value) => deployment.parse(value).spec.template.spec.container);
  const wanted = containers.flatMap(({ image, port, command, args }): readonly WantedImage[] => {
    const [, key = "", tag = ""] = /^\$\{.*repository_urls(?:\.|\[")([^}\]"]+)(?:"\])?\}:(.+)$/.exec(image) ?? [];
    const repository = repositories.get(key);
    if (repository !== undefined) {
      const starts = [...command, ...args].some((word) => /\bgunicorn\b/.test(word)) ? "gunicorn" : "its own";
      return [{ kind: "own", repository, tag, port: port[0]?.container_port ?? defaultPort, starts }];
    }
    return image.includes("${") ? [] : [{ kind: "public", reference: image }];
  });
  return [...new Map(wanted.map((each) => [JSON.stringify(each), each])).values()];
}

/** Names of the repositories, by the keys under which the cluster's stack publishes their addresses. */
function repositoryNames(stacks: readonly SynthesizedStack[]): ReadonlyMap<string, string> {
  return new Map(
    stacks.flatMap(({ json }) => {
      const addresses = z.record(z.string(), z.string()).safeParse(json.output["repository_urls"]?.value).data ?? {};
      return Object.entries(addresses).map(([key, reference]) => {
        const [, resource = ""] = /^\$\{aws_ecr_repository\.(.+)\.repository_url\}$/.exec(reference) ?? [];
        return [key, String(json.resource["aws_ecr_repository"]?.[resource]?.["name"] ?? key)] as const;
      });
    }),
  );
}
