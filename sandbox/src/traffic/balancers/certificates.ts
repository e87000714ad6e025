import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { sdkOptions } from "../../aws/sdk";
import { signCertificate } from "../../controllers/certificates";
import type { BalancingState, ListenerState } from "./state";

/**
 * Certificates of ACM as files, signed by the sandbox's authority: each for the names that ACM has of it. One that ACM
 * here does not have is taken for one that was there before, for the hosts of its listener.
 */
export class BalancerCertificates {
  private readonly acm: ACMClient;
  private readonly files = new Map<string, string>();
  private readonly assumedArns = new Set<string>();

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

  /** Certificates that environments name and ACM here does not have: in AWS they were there before. */
  get assumed(): readonly string[] {
    return [...this.assumedArns];
  }

  /** Signs what listeners name and nobody has signed yet. */
  async follow({ balancers }: BalancingState): Promise<void> {
    for (const state of balancers.flatMap(({ listeners }) => listeners)) {
      for (const { CertificateArn: arn = "" } of state.listener.Certificates ?? []) {
        if (!this.files.has(arn)) {
          await this.sign(arn, state);
        }
      }
    }
  }

  private async sign(arn: string, listener: ListenerState): Promise<void> {
    const described = await this.acm
      .send(new DescribeCertificateCommand({ CertificateArn: arn }))
      .catch(() => undefined);
    const { DomainName, SubjectAlternativeNames = [] } = described?.Certificate ?? {};
    const names = DomainName === undefined ? hostsOf(listener) : [...new Set([DomainName, ...SubjectAlternativeNames])];
    if (names.length === 0) {
      return;
    }
    if (DomainName === undefined) {
      this.assumedArns.add(arn);
    }
    const { certificate, key, ca } = await signCertificate(this.authority, names);
    const file = join(this.folder, `${arn.replace(/^.*\//, "")}.pem`);
    writeFileSync(file, `${certificate}\n${ca}\n${key}`, { mode: 0o600 });
    this.files.set(arn, file);
  }
}

/** Hosts that a listener's rules ask for. */
function hostsOf({ rules }: ListenerState): readonly string[] {
  const conditions = rules.flatMap(({ Conditions = [] }) => Conditions);
  return [
    ...new Set(
      conditions.flatMap(({ Field, HostHeaderConfig, Values = [] }) =>
        Field === "host-header" ? (HostHeaderConfig?.Values ?? Values) : [],
      ),
    ),
  ];
}
