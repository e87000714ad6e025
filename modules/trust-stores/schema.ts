import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel } from "../schema/primitives";

const certificateBlock = /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/;

export const trustStoresSchema = described(
  "Certificate authorities whose clients may call, by name; doors name them with `clientCertificates`.",
  z
    .record(
      dnsLabel.max(20, "a trust store's name has at most 20 characters, for AWS takes 32 with the environment's"),
      z.strictObject({
        authorities: described(
          "Certificates of the authorities, each in PEM; they are no secret. They go into a bucket of the environment whose old " +
            "versions are kept, and a change of them takes effect with the apply of the identity stack.",
          z
            .array(
              z
                .string()
                .regex(certificateBlock, "it is one certificate in PEM, from BEGIN CERTIFICATE to END CERTIFICATE")
                .register(examples, {
                  example: "-----BEGIN CERTIFICATE-----\nMIIBgjCCASegAwIBAgIU\n-----END CERTIFICATE-----\n",
                }),
            )
            .min(1, "a trust store without an authority lets nobody in"),
        ),
      }),
    )
    .default({}),
);

export type TrustStoresOptions = z.output<typeof trustStoresSchema>;

/** Name of a trust store that a door names. */
export const trustStoreName = described(
  "One of `trustStores`, by name: callers without a certificate of its authorities are refused before any pod sees them. " +
    "Needs a certificate of the door's own. Default: none is asked.",
  dnsLabel,
);
