import { type KubernetesApi, KubernetesApiError } from "./kubernetes-api";
import type { Manifest } from "./kubernetes-object";

export type DryRunResult =
  | { readonly kind: "accepted"; readonly manifest: Manifest }
  | {
      readonly kind: "refused";
      readonly manifest: Manifest;
      /** The API server's word for it, for example `Invalid`, `BadRequest`, `NotFound`. */
      readonly reason: string;
      /** The API server's own sentence, naming the field. */
      readonly message: string;
    };

/**
 * What the API server says to creating each of these objects, without any of them being created: validation by schema,
 * by rules of the CRD and by admission, and no unknown or duplicate field (`dryRun=All`, `fieldValidation=Strict`).
 *
 * An object of a namespace that does not exist is refused; make the namespace before.
 *
 * @returns one result for each manifest, in the same order
 * @throws Error when the API server cannot be asked; a refusal is a result
 */
export function dryRun(api: KubernetesApi, manifests: readonly Manifest[]): Promise<readonly DryRunResult[]> {
  return Promise.all(
    manifests.map(async (manifest): Promise<DryRunResult> => {
      try {
        await api.create(manifest, { dryRun: "All", fieldValidation: "Strict" });
        return { kind: "accepted", manifest };
      } catch (error) {
        if (error instanceof KubernetesApiError) {
          return { kind: "refused", manifest, reason: error.reason, message: error.answer };
        }
        throw error;
      }
    }),
  );
}
