import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { customResourceDefinition, resourceSchema, type Schema } from "./schema";

/** One version of a custom resource, as its CRD defines it. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly schema: Schema;
  /** The CRD file's name, for the header of what is generated from it. */
  readonly file: string;
}

/**
 * Reads the definitions of the wanted kinds from a folder of CRD files.
 *
 * @throws when the folder, or a wanted kind in it, is missing; when two files define one kind; when a schema has a
 *   keyword that the generator does not know.
 */
export function readDefinitions(folder: string, wanted: Readonly<Record<string, readonly string[]>>): Definition[] {
  const found = readFolder(folder);
  return Object.entries(wanted).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => {
      const [first, second] = found.filter(
        (candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind,
      );
      if (first === undefined) {
        throw new Error(
          `${folder}: no file defines ${kind} of ${apiVersion}, so it cannot have a type. ` +
            `Name its controller in commands/inputs/definition-sources.ts and fetch it with \`npx foundry inputs\`, or ` +
            `correct or remove the kind in tools/gen/kinds.ts.`,
        );
      }
      if (second !== undefined) {
        throw new Error(
          `${folder}: ${first.file} and ${second.file} both define ${kind} of ${apiVersion}, and only one can be ` +
            `right. Keep the file of the controller version that the project installs.`,
        );
      }
      return { ...first, schema: parseSchema(first) };
    }),
  );
}

interface UnparsedDefinition extends Omit<Definition, "schema"> {
  readonly schema: unknown;
}

function readFolder(folder: string): UnparsedDefinition[] {
  if (!existsSync(folder)) {
    throw new Error(
      `${folder}: the folder does not exist. The types in .gen are generated from the CustomResourceDefinitions in ` +
        `it, one YAML file a controller, so .gen is left as it is. Fetch them with \`npx foundry inputs\`, or go on ` +
        `without: .gen is committed, and only generating it again needs them.`,
    );
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) =>
      parseAllDocuments(readFileSync(path.join(folder, file), "utf8")).flatMap((document) => {
        const crd = customResourceDefinition.safeParse(document.toJS());
        return crd.success ? versionsOf(crd.data, file) : [];
      }),
    );
}

function versionsOf({ spec }: z.infer<typeof customResourceDefinition>, file: string): UnparsedDefinition[] {
  return spec.versions.map((version) => ({
    apiVersion: `${spec.group}/${version.name}`,
    kind: spec.names.kind,
    namespaced: spec.scope === "Namespaced",
    schema: version.schema.openAPIV3Schema,
    file,
  }));
}

function parseSchema({ file, apiVersion, kind, schema }: UnparsedDefinition): Schema {
  const parsed = resourceSchema.safeParse(schema);
  if (!parsed.success) {
    throw new Error(
      `${file}: the schema of ${kind} of ${apiVersion} has parts that the generator does not know, so its type would ` +
        `be a guess. Teach them to tools/gen/schema.ts, and to tools/gen/print.ts if they decide a type.\n` +
        z.prettifyError(parsed.error),
    );
  }
  return parsed.data;
}
