import { z } from "zod";
import { installationRef } from "../releases/order";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, json } from "../schema/primitives";
import { isKubernetesObject, type KubernetesObject, yamlObjects } from "./objects";

const exampleObject = {
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name: "batch" },
  value: -10,
};

const object = z
  .record(z.string(), json)
  .refine(isKubernetesObject, {
    error: "an object of Kubernetes has apiVersion, kind and metadata with a name, as text",
    params: { remedy: 'write them, such as `{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "colours" } }`' },
  })
  .register(examples, { example: exampleObject });

const yaml = z
  .string()
  .refine((text) => yamlObjects(text).kind === "objects", {
    error: ({ input }) => {
      const read = yamlObjects(String(input));
      return read.kind === "objects" ? "" : read.why;
    },
    params: { remedy: "write objects of Kubernetes, one a document, with `---` between them" },
  })
  .register(examples, {
    example: "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: urgent\nvalue: 10\n",
  });

const manifest = z
  .strictObject({
    objects: described("Objects of Kubernetes, as its API has them.", z.array(object).default([])),
    yaml: described(
      'The same as YAML. A file of it is imported: `import pools from "./dev/pools.yaml"`, then `yaml: [pools]`.',
      z.array(yaml).default([]),
    ),
    stack: described(
      "`controllers`: with what watches the cluster, in the order of `after`. `apps`: in the environment's namespaces, " +
        "before its workloads.",
      z.enum(["controllers", "apps"]).default("controllers"),
    ),
    namespace: described(
      "Namespace of the Helm release that carries them, and of objects that name none.",
      dnsLabel.default("default"),
    ),
    after: described(
      "What is installed before, in the controllers stack: `controllers.<name>`, `releases.<name>` or `manifests.<name>`.",
      z.array(installationRef).default([]),
    ),
  })
  .refine(({ objects, yaml: texts }) => objects.length + texts.length > 0, {
    error: "it holds no object",
    params: { remedy: "write `objects: [...]` or `yaml: [...]`, or take it out" },
  })
  .transform(({ objects, yaml: texts, ...rest }) => ({
    ...rest,
    objects: [...objects, ...texts.flatMap(objectsOf)],
  }));

function objectsOf(text: string): readonly KubernetesObject[] {
  const read = yamlObjects(text);
  return read.kind === "objects" ? read.objects : [];
}

export const manifestsSchema = z
  .record(dnsLabel.max(53, "Helm takes at most 53 characters for the name of a release"), manifest)
  .prefault({});

export type Manifests = z.output<typeof manifestsSchema>;
export type ManifestOptions = Manifests[string];
