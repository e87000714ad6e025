import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";

/** How somebody signs the chart of a release; `ChartSignature` with prose. */
export const chartSignature = z.discriminatedUnion("kind", [
  described(
    "In a registry, without a key, as `cosign sign` does in a pipeline.",
    z.strictObject({
      kind: z.literal("cosign"),
      identity: described(
        "Who signs: in GitHub the workflow with its branch or tag.",
        z.string().regex(/^\S+$/, "an identity has no spaces").register(examples, {
          example: "https://github.com/kedacore/charts/.github/workflows/release.yml@refs/heads/main",
        }),
      ),
      issuer: described(
        "Who vouches for that identity.",
        z
          .string()
          .regex(/^https:\/\/\S+$/, "an issuer is an https:// address")
          .register(examples, { example: "https://token.actions.githubusercontent.com" }),
      ),
      registry: described(
        "Registry that has the signed chart, `oci://…` without the chart's own name, where the chart comes from a " +
          "repository. Default: where the chart comes from.",
        z
          .string()
          .regex(/^oci:\/\/.+[^/]$/, "a registry is an oci:// address without a slash at the end")
          .register(examples, { example: "oci://ghcr.io/kedacore/charts" })
          .optional(),
      ),
    }),
  ),
  described(
    "With PGP, in a provenance file beside the package, as `helm package --sign` does.",
    z.strictObject({
      kind: z.literal("helm"),
      keyring: described(
        "Address of the publisher's keyring.",
        z
          .string()
          .regex(/^https:\/\/\S+$/, "a keyring has an https:// address")
          .register(examples, { example: "https://example.com/keyring.gpg" }),
      ),
      fingerprint: described(
        "Fingerprint of the key, so that another keyring at that address is of no use.",
        z
          .string()
          .regex(/^[0-9A-F]{40}$/, "a fingerprint has 40 characters, 0 to 9 and A to F, without spaces")
          .register(examples, { example: "1020CF3C033D4F35BAE1C19E1226061C665DF13E" }),
      ),
    }),
  ),
]);

/** SHA-256 of a chart's package. */
export const packageDigest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "a digest is sha256: and 64 characters, 0 to 9 and a to f")
  .register(examples, { example: `sha256:${"0123456789abcdef".repeat(4)}` });
