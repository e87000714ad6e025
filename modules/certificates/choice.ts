import { z } from "zod";
import { described } from "../schema/descriptions";
import { arn, dnsLabel, reason } from "../schema/primitives";

/** How a door proves who it is, or why it does not. */
export interface TlsChoice {
  readonly certificate?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly plainHttp?: { readonly reason: string } | undefined;
}

/** A certificate of `certificates` that something in front of a workload presents. */
export interface NamedCertificate {
  /** Field it stands in, relative to what names it. */
  readonly field: readonly PropertyKey[];
  readonly name: string;
}

export const certificateName = described(
  "Name of one of `certificates`; its hosts include those of every route behind it.",
  dnsLabel,
);

export const plainHttp = described(
  "Why callers come in by clear text. From the internet a door without certificate is refused without this.",
  z.strictObject({ reason }),
);

/**
 * The options of one who terminates TLS.
 *
 * @param with what becomes of HTTP where there is a certificate, as a sentence.
 */
export function tlsOptions(withCertificate: string) {
  return {
    certificate: described(
      `One of \`certificates\`, by name. ${withCertificate} Default: none.`,
      certificateName.optional(),
    ),
    certificateArn: described(
      "A certificate made elsewhere, of ACM or IAM, in the place of `certificate`. Default: none.",
      arn.optional(),
    ),
    plainHttp: plainHttp.optional(),
  };
}

/** Whether a door presents a certificate. */
export function hasCertificate({ certificate, certificateArn }: TlsChoice): boolean {
  return certificate !== undefined || certificateArn !== undefined;
}

/** What of TLS is known before anything is made. */
export function tlsFacts(choice: TlsChoice) {
  const { certificate, certificateArn, plainHttp: clear } = choice;
  return {
    terminatesTls: hasCertificate(choice),
    certificates: certificateArn === undefined ? [] : [{ field: ["certificateArn"], arn: certificateArn }],
    namedCertificates: certificate === undefined ? [] : [{ field: ["certificate"], name: certificate }],
    ...(clear === undefined ? {} : { plainHttp: clear }),
  };
}
