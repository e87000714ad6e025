import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { sdkOptions } from "../../aws/sdk";
import { signCertificate } from "../../controllers/certificates";
import type { BalancingState } from "./state";

/** Certificates of ACM as files, each for the names that ACM has of it, signed by the sandbox's authority. */
export class BalancerCertificates {
  private readonly acm: ACMClient;
  private readonly files = new Map<string, string>();

  /**
   * @param folder where the files go
   * @param authority folder of the authority
   */
  constructor(
    awsEndpoint: string,
    region: string,
    private readonly folder: string,
    private readonly authority: string,
  ) {
    this.acm = new ACMClient(sdkOptions(awsEndpoint, region));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** File of a certificate with its key; undefined where ACM has none of this ARN. */
  file(arn: string): string | undefined {
    return this.files.get(arn);
  }

  /** Signs what listeners name and nobody has signed yet. */
  async follow({ balancers }: BalancingState): Promise<void> {
    const arns = balancers
      .flatMap(({ listeners }) => listeners)
      .flatMap(({ listener: { Certificates = [] } }) => Certificates)
      .flatMap(({ CertificateArn }) => CertificateArn ?? []);
    for (const arn of new Set(arns.filter((each) => !this.files.has(each)))) {
      const described = await this.acm
        .send(new DescribeCertificateCommand({ CertificateArn: arn }))
        .catch(() => undefined);
      const { DomainName, SubjectAlternativeNames = [] } = described?.Certificate ?? {};
      if (DomainName !== undefined) {
        const { certificate, key, ca } = await signCertificate(this.authority, [
          ...new Set([DomainName, ...SubjectAlternativeNames]),
        ]);
        const file = join(this.folder, `${arn.replace(/^.*\//, "")}.pem`);
        writeFileSync(file, `${certificate}\n${ca}\n${key}`, { mode: 0o600 });
        this.files.set(arn, file);
      }
    }
  }
}
