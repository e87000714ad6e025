import { parseAllDocuments } from "yaml";
import type { Json } from "../schema/primitives";

/** An object of Kubernetes, of whatever kind. */
export type KubernetesObject = { readonly [key: string]: Json };

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object(value)[field] : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Whether a value has what every object of Kubernetes has. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return (
    isText(fieldOf(value, "apiVersion")) &&
    isText(fieldOf(value, "kind")) &&
    isText(fieldOf(fieldOf(value, "metadata"), "name"))
  );
}

/** What an object is known by in a cluster: group, kind, namespace and name. */
export function identityOf(object: KubernetesObject): {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined where it names none. */
  readonly namespace: string | undefined;
  readonly name: string;
} {
  const metadata = object["metadata"];
  const namespace = fieldOf(metadata, "namespace");
  return {
    apiVersion: String(object["apiVersion"]),
    kind: String(object["kind"]),
    namespace: isText(namespace) ? namespace : undefined,
    name: String(fieldOf(metadata, "name")),
  };
}

type Read =
  | { readonly kind: "objects"; readonly objects: readonly KubernetesObject[] }
  | { readonly kind: "no objects"; readonly why: string };

/** Objects in a text of YAML, one a document; lists of the kind `List` are opened. */
export function yamlObjects(text: string): Read {
  const objects: KubernetesObject[] = [];
  for (const document of parseAllDocuments(text)) {
    const [error] = document.errors;
    if (error !== undefined) return { kind: "no objects", why: `it is no YAML: ${error.message.split("\n")[0]}` };
    const value: unknown = document.toJS();
    if (value === null || value === undefined) continue;
    const items = fieldOf(value, "kind") === "List" ? fieldOf(value, "items") : [value];
    for (const item of Array.isArray(items) ? items : []) {
      if (!isKubernetesObject(item)) {
        return {
          kind: "no objects",
          why: `document ${objects.length + 1} is no object of Kubernetes: those have apiVersion, kind and metadata with a name`,
        };
      }
      objects.push(item);
    }
  }
  return objects.length === 0 ? { kind: "no objects", why: "it holds no object" } : { kind: "objects", objects };
}
