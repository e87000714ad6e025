import { beforeAll, describe, expect, it } from "vitest";
import { startsPrograms } from "../support/programs";
import { compile, type Diagnostic } from "./compile";

const mapping = (fields: string) => `
import type { Mapping } from "./.gen/getambassador.io/v3alpha1/mapping";
export const mapping: Mapping = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Mapping",
  metadata: { name: "predictions" },
  ${fields}
};
`;

const virtualNode = (listener: string) => `
import type { VirtualNode } from "./.gen/appmesh.k8s.aws/v1beta2/virtual-node";
export const node: VirtualNode = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "VirtualNode",
  metadata: { name: "books", namespace: "mesh" },
  spec: { listeners: [${listener}] },
};
`;

const mesh = (metadata: string) => `
import type { Mesh } from "./.gen/appmesh.k8s.aws/v1beta2/mesh";
export const mesh: Mesh = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "Mesh",
  metadata: ${metadata},
  spec: { egressFilter: { type: "ALLOW_ALL" } },
};
`;

const binding = (port: string) => `
import type { TargetGroupBinding } from "./.gen/elbv2.k8s.aws/v1beta1/target-group-binding";
export const binding: TargetGroupBinding = {
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  metadata: { name: "books" },
  spec: { serviceRef: { name: "books", port: ${port} }, targetType: "ip" },
};
`;

const listOf = (item: string) => `
import type { CustomResource } from "./.gen/custom-resource";
import type { Mapping } from "./.gen/getambassador.io/v3alpha1/mapping";
const mapping: Mapping = {
  apiVersion: "getambassador.io/v3alpha1",
  kind: "Mapping",
  metadata: { name: "predictions" },
  spec: { prefix: "/", service: "predictions:5001" },
};
export const resources: readonly CustomResource[] = [${item}];
void mapping;
`;

const right: Readonly<Record<string, string>> = {
  "the required fields alone": mapping(`spec: { prefix: "/health", service: "predictions:5001" }`),
  "a free-form object of any JSON": mapping(
    `spec: { prefix: "/", service: "a", envoy_override: { retries: [1, null, { on: true }] } }`,
  ),
  "a number where a number or a name is allowed": binding("5001"),
  "a name where a number or a name is allowed": binding(`"http"`),
  "a cluster-scoped object without a namespace": mesh(`{ name: "mesh-1", labels: { team: "books" } }`),
  "a typed object in a list of any kinds": listOf("mapping"),
};

interface Wrong {
  readonly source: string;
  readonly line: number;
  readonly message: string;
}

const wrong: Readonly<Record<string, Wrong>> = {
  "a misspelt field": {
    source: mapping(`spec: { prefix: "/", service: "a", rewrit: "" }`),
    line: 7,
    message:
      "Object literal may only specify known properties, but 'rewrit' does not exist in type 'MappingSpec'. " +
      "Did you mean to write 'rewrite'?",
  },
  "a field in the wrong place": {
    source: mapping(`spec: { prefix: "/", service: "a" }, hostname: "*"`),
    line: 7,
    message: "Object literal may only specify known properties, and 'hostname' does not exist in type 'Mapping'.",
  },
  "a missing required field": {
    source: mapping(`spec: { prefix: "/" }`),
    line: 7,
    message: "Property 'service' is missing in type '{ prefix: string; }' but required in type 'MappingSpec'.",
  },
  "a field that only the controller writes": {
    source: mapping(`spec: { prefix: "/", service: "a" }, status: { state: "Running" }`),
    line: 7,
    message: "Object literal may only specify known properties, and 'status' does not exist in type 'Mapping'.",
  },
  "a value outside an enum": {
    source: virtualNode(`{ portMapping: { port: 80, protocol: "HTTP" } }`),
    line: 7,
    message: `Type '"HTTP"' is not assignable to type '"grpc" | "http" | "http2" | "tcp"'.`,
  },
  "a string for a number": {
    source: virtualNode(`{ portMapping: { port: "80", protocol: "http" } }`),
    line: 7,
    message: "Type 'string' is not assignable to type 'number'.",
  },
  "a misspelt field of a list's item": {
    source: virtualNode(`{ portMapping: { port: 80, protocol: "http" }, timeouts: {} }`),
    line: 7,
    message: "Object literal may only specify known properties, but 'timeouts' does not exist in type",
  },
  "a boolean for a number or a name": {
    source: binding("true"),
    line: 7,
    message: "Type 'boolean' is not assignable to type 'string | number'.",
  },
  "a namespace on a cluster-scoped object": {
    source: mesh(`{ name: "mesh-1", namespace: "mesh" }`),
    line: 6,
    message: "'namespace' does not exist in type 'Omit<ObjectMeta, \"namespace\">'.",
  },
  "a version that the type is not for": {
    source: mapping(`spec: { prefix: "/", service: "a" }`).replace('v3alpha1",', 'v2",'),
    line: 4,
    message: `Type '"getambassador.io/v2"' is not assignable to type '"getambassador.io/v3alpha1"'.`,
  },
  "a function in free-form JSON": {
    source: mapping(`spec: { prefix: "/", service: "a", envoy_override: { name: () => "" } }`),
    line: 7,
    message: "Type '() => string' is not assignable to type 'JsonValue'.",
  },
  "an object of no kind's type in a list of any kinds": {
    source: listOf(`{ apiVersion: "a/v1", kind: "B", metadata: { name: "c" }, spec: {} }`),
    line: 10,
    message: "Object literal may only specify known properties, and 'spec' does not exist in type 'CustomResource'.",
  },
};

describe("the generated types", () => {
  let diagnostics: readonly Diagnostic[];
  const fileOf = (name: string) => `${name.replaceAll(/\W+/g, "-")}.ts`;

  beforeAll(() => {
    const sources = [
      ...Object.entries(right),
      ...Object.entries(wrong).map(([name, { source }]) => [name, source] as const),
    ];
    diagnostics = compile(Object.fromEntries(sources.map(([name, source]) => [fileOf(name), source])));
  }, startsPrograms.timeout);

  it.each(Object.keys(right))("accept %s", (name) => {
    expect(diagnostics.filter(({ file }) => file === fileOf(name))).toEqual([]);
  });

  it.each(Object.entries(wrong))("refuse %s", (name, { line, message }) => {
    const found = diagnostics.filter(({ file }) => file === fileOf(name));
    expect(found).toEqual([{ file: fileOf(name), line, message: expect.stringContaining(message) }]);
  });
});
