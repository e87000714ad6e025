import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { MapOutput } from "../state/contract";
import type { Presented } from "./certificates";
import type { TlsChoice } from "./choice";
import type { CertificatesOptions } from "./schema";

/** ARN of the certificate that a door presents; undefined where it has none. */
export type CertificateArn = (choice: TlsChoice, presented?: Presented) => string | undefined;

export interface IssuedCertificatesProps {
  readonly certificates: CertificatesOptions;
  /** What the identity stack publishes. */
  readonly published: Readonly<Record<Presented, MapOutput>>;
  readonly edgeProvider: () => TerraformProvider | undefined;
}

/** Certificates of an earlier stack, each from the moment on that ACM has issued it. */
export class IssuedCertificates extends Construct {
  private readonly awaited = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IssuedCertificatesProps,
  ) {
    super(scope, id);
  }

  readonly arn: CertificateArn = ({ certificate, certificateArn }, presented = "region") =>
    certificate === undefined ? certificateArn : this.named(certificate, presented);

  private named(name: string, presented: Presented): string {
    const options = this.props.certificates[name];
    const arn = this.props.published[presented].get(name);
    return options?.kind === "acm" && options.validation.kind === "elsewhere" ? this.await(name, arn, presented) : arn;
  }

  /** Waits for records that somebody makes elsewhere: a load balancer refuses a certificate that is not issued. */
  private await(name: string, certificateArn: string, presented: Presented): string {
    const id = presented === "edge" ? `${name}_edge` : name;
    const provider = presented === "edge" ? this.props.edgeProvider() : undefined;
    const arn =
      this.awaited.get(id) ??
      new AcmCertificateValidation(this, id, {
        certificateArn,
        ...(provider === undefined ? {} : { provider }),
      }).certificateArn;
    this.awaited.set(id, arn);
    return arn;
  }
}
