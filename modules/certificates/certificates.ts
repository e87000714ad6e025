import { AcmCertificate, type AcmCertificateConfig } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Fn, TerraformIterator, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { liesIn } from "../dns/record";
import { validatedName } from "./coverage";
import type { CertificateOptions, CertificatesOptions } from "./schema";

/** Where a certificate is presented: by something in the environment's region, or at AWS's edge locations. */
export type Presented = "region" | "edge";

export interface CertificatesProps {
  readonly certificates: CertificatesOptions;
  /** Where each certificate is presented; each place has a copy of its own. */
  readonly presented: (name: string) => readonly Presented[];
  /** Domain names of the environment's Route 53 zones. */
  readonly domains: readonly string[];
  /** Id of the zone of one of these. */
  readonly zoneId: (domain: string) => string;
  /** Provider of us-east-1, where CloudFront takes certificates from; made when the first one needs it. */
  readonly edgeProvider: () => TerraformProvider | undefined;
}

/** One copy of a certificate, in one region. */
interface Copy {
  readonly name: string;
  readonly options: CertificateOptions;
  readonly presented: Presented;
  readonly certificate: AcmCertificate;
}

/** The zone that holds a host: of several, the one that resolvers end at. */
export function zoneOf(host: string, domains: readonly string[]): string | undefined {
  return domains
    .filter((domain) => liesIn(validatedName(host), domain))
    .sort((left, right) => right.length - left.length)[0];
}

/** How long ACM may take to see a record, which is seconds where the zone is delegated. */
const validationTimeout = "20m";

/** Certificates of ACM with the records that validate them. */
export class Certificates extends Construct {
  /** Copies in the environment's region, by name. */
  readonly arns: Readonly<Record<string, string>>;
  /** Copies in us-east-1 for edge locations, by name. */
  readonly edgeArns: Readonly<Record<string, string>>;
  /** Record of each host whose zone is elsewhere: `<name> CNAME <value>`. */
  readonly recordsElsewhere: Readonly<Record<string, string>>;
  private readonly records = new Map<string, Route53Record>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CertificatesProps,
  ) {
    super(scope, id);
    const copies = Object.entries(props.certificates).flatMap(([name, options]) =>
      props.presented(name).map((presented) => this.copy(name, options, presented)),
    );
    const issued = copies.map((copy) => ({ ...copy, arn: this.issued(copy) }));
    const arnsOf = (place: Presented) =>
      Object.fromEntries(issued.filter(({ presented }) => presented === place).map(({ name, arn }) => [name, arn]));
    this.arns = arnsOf("region");
    this.edgeArns = arnsOf("edge");
    this.recordsElsewhere = Object.fromEntries(
      copies
        .filter(({ options }) => options.kind === "acm" && options.validation.kind === "elsewhere")
        .flatMap(({ options, certificate }) =>
          toValidate(options).map((host) => [host, recordText(certificate, host)]),
        ),
    );
  }

  private copy(name: string, options: CertificateOptions, presented: Presented): Copy {
    const [domainName = "", ...subjectAlternativeNames] = options.hosts;
    const provider = presented === "edge" ? this.props.edgeProvider() : undefined;
    const certificate = new AcmCertificate(this, presented === "edge" ? `${name}_edge` : name, {
      domainName,
      ...(subjectAlternativeNames.length === 0 ? {} : { subjectAlternativeNames }),
      ...origin(options),
      tags: { Name: name },
      // What presents the old one goes on doing so until it has the new one.
      lifecycle: { createBeforeDestroy: true },
      ...(provider === undefined ? {} : { provider }),
    });
    return { name, options, presented, certificate };
  }

  /** The ARN, where records are made here from the moment on that ACM has issued it. */
  private issued({ name, options, presented, certificate }: Copy): string {
    if (options.kind !== "acm" || options.validation.kind !== "route53") return certificate.arn;
    const provider = presented === "edge" ? this.props.edgeProvider() : undefined;
    return new AcmCertificateValidation(this, `${presented === "edge" ? `${name}_edge` : name}_issued`, {
      certificateArn: certificate.arn,
      validationRecordFqdns: toValidate(options).map((host) => this.record(certificate, host).fqdn),
      timeouts: { create: validationTimeout },
      ...(provider === undefined ? {} : { provider }),
    }).certificateArn;
  }

  /** ACM asks an account for the same record of a name, whatever certificate and region it is for; it is made once. */
  private record(certificate: AcmCertificate, host: string): Route53Record {
    const name = validatedName(host);
    const known = this.records.get(name);
    if (known !== undefined) return known;
    const zone = zoneOf(host, this.props.domains);
    if (zone === undefined) throw new Error(`no zone holds ${host}`);
    const record = new Route53Record(this, `record_${name}`, {
      zoneId: this.props.zoneId(zone),
      name: optionOf(certificate, host, "resource_record_name"),
      type: optionOf(certificate, host, "resource_record_type"),
      records: [optionOf(certificate, host, "resource_record_value")],
      ttl: 300,
    });
    this.records.set(name, record);
    return record;
  }
}

function origin(
  options: CertificateOptions,
): Pick<AcmCertificateConfig, "validationMethod" | "certificateAuthorityArn"> {
  return options.kind === "acm" ? { validationMethod: "DNS" } : { certificateAuthorityArn: options.authorityArn };
}

/** Hosts that have a validation record of their own: `*.example.com` has that of `example.com`. */
function toValidate({ hosts }: CertificateOptions): readonly string[] {
  return [...new Map([...hosts].reverse().map((host) => [validatedName(host), host])).values()].reverse();
}

/** What ACM says of the record of one host. */
function optionOf(certificate: AcmCertificate, host: string, attribute: string): string {
  const options = TerraformIterator.fromList(certificate.domainValidationOptions);
  return Fn.one(options.forExpressionForList(`val.${attribute} if val.domain_name == "${host}"`));
}

function recordText(certificate: AcmCertificate, host: string): string {
  return Fn.join(" ", [
    optionOf(certificate, host, "resource_record_name"),
    optionOf(certificate, host, "resource_record_type"),
    optionOf(certificate, host, "resource_record_value"),
  ]);
}
