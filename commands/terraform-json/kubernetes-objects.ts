import { type Block, blocks, type EnvironmentJson } from "./environment-json";
import { at, isObject, type JsonObject, listAt, mapAt, objectOf, parsed, textAt } from "./json";

/** An object of Kubernetes, whether Terraform makes it as a resource of its own or as part of a chart. */
export interface KubernetesObject {
  readonly kind: string;
  /** Undefined for kinds that Terraform has a resource type for. */
  readonly apiVersion: string | undefined;
  /** Empty for what stands in no namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** As Kubernetes spells it. */
  readonly spec: JsonObject;
  readonly block: Block;
}

/** A chart of somebody else's that is installed. */
export interface Release {
  readonly chart: string;
  readonly name: string;
  readonly namespace: string;
  readonly version: string | undefined;
  readonly values: JsonObject;
  readonly block: Block;
}

/** Kinds that synthesized stacks hold as resources of their own. */
const typed: Readonly<Record<string, string>> = {
  kubernetes_deployment_v1: "Deployment",
  kubernetes_stateful_set_v1: "StatefulSet",
  kubernetes_daemon_set_v1: "DaemonSet",
  kubernetes_service_v1: "Service",
  kubernetes_ingress_v1: "Ingress",
  kubernetes_ingress_class_v1: "IngressClass",
  kubernetes_namespace_v1: "Namespace",
  kubernetes_network_policy_v1: "NetworkPolicy",
  kubernetes_config_map_v1: "ConfigMap",
  kubernetes_service_account_v1: "ServiceAccount",
};

/** Blocks that Terraform repeats under a singular name. */
const repeated: ReadonlySet<string> = new Set(["rule", "path", "port", "container", "tls"]);

/** Maps whose keys are the writer's own. */
const free: ReadonlySet<string> = new Set(["labels", "annotations", "match_labels", "selector", "data"]);

/** Terraform's spelling turned into Kubernetes'. */
function respelt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(respelt);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const name = repeated.has(key) && Array.isArray(item) && key !== "tls" ? `${camel}s` : camel;
      const isMap = free.has(key) && isObject(item) && !("match_labels" in item) && !("match_expressions" in item);
      return [name, isMap ? item : respelt(item)];
    }),
  );
}

function typedObject(kind: string, block: Block): KubernetesObject {
  const metadata = objectOf(at(block.arguments, "metadata"));
  const { spec, data } = block.arguments;
  return {
    kind,
    apiVersion: undefined,
    namespace: textAt(metadata, "namespace") ?? (kind === "Namespace" || kind === "IngressClass" ? "" : "default"),
    name: textAt(metadata, "name") ?? "",
    labels: mapAt(metadata, "labels"),
    annotations: mapAt(metadata, "annotations"),
    spec: objectOf(respelt(Array.isArray(spec) ? spec[0] : (spec ?? (data === undefined ? {} : { data })))),
    block,
  };
}

function manifestObject(manifest: unknown, block: Block): KubernetesObject {
  const metadata = objectOf(at(manifest, "metadata"));
  return {
    kind: textAt(manifest, "kind") ?? "",
    apiVersion: textAt(manifest, "apiVersion"),
    namespace: textAt(metadata, "namespace") ?? "",
    name: textAt(metadata, "name") ?? "",
    labels: mapAt(metadata, "labels"),
    annotations: mapAt(metadata, "annotations"),
    spec: objectOf(at(manifest, "spec")),
    block,
  };
}

/** Values of a Helm release, the later texts over the earlier ones. */
function valuesOf(block: Block): JsonObject {
  return Object.assign({}, ...listAt(block.arguments, "values").map((text) => objectOf(parsed(String(text)))));
}

/** Everything in Kubernetes that synthesized stacks name. */
export function kubernetesObjects(environment: EnvironmentJson): readonly KubernetesObject[] {
  return [
    ...Object.entries(typed).flatMap(([type, kind]) =>
      blocks(environment, type).map((block) => typedObject(kind, block)),
    ),
    ...blocks(environment, "helm_release").flatMap((block) =>
      listAt(valuesOf(block), "manifests").map((manifest) => manifestObject(manifest, block)),
    ),
  ];
}

/** Charts of others that are installed. */
export function releases(environment: EnvironmentJson): readonly Release[] {
  return blocks(environment, "helm_release").flatMap((block) => {
    const chart = textAt(block.arguments, "chart") ?? "";
    if (chart.startsWith("./")) return [];
    return [
      {
        chart,
        name: textAt(block.arguments, "name") ?? "",
        namespace: textAt(block.arguments, "namespace") ?? "",
        version: textAt(block.arguments, "version"),
        values: valuesOf(block),
        block,
      },
    ];
  });
}
