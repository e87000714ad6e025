import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Presented } from "../certificates/certificates";
import { rulesOfAcl } from "./rules-of-acl";
import type { WebAclOptions, WebAclsOptions } from "./schema";

export interface WebAclsProps {
  readonly environment: string;
  readonly webAcls: WebAclsOptions;
  /** Where each stands: before something in the environment's region, or before CloudFront. */
  readonly places: (name: string) => readonly Presented[];
  /** Provider of us-east-1, where those of CloudFront are. */
  readonly edgeProvider: () => TerraformProvider | undefined;
}

/** Names of a web ACL in AWS, and of what belongs to it. WAF writes to log groups whose names begin so, and to no others. */
export function webAclNames(environment: string, name: string) {
  const acl = `${environment}-${name}`;
  // One of us-east-1 may stand before CloudFront and before something of that region, with logs of its own for each.
  const logs = { region: `aws-waf-logs-${acl}`, edge: `aws-waf-logs-cloudfront/${acl}` };
  return { acl, networks: `${acl}-networks`, logs };
}

/** Web ACLs with their rules and logs. */
export class WebAcls extends Construct {
  /** Those of the environment's region, by name. */
  readonly arns: Readonly<Record<string, string>>;
  /** Those of CloudFront, by name. */
  readonly edgeArns: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WebAclsProps,
  ) {
    super(scope, id);
    const made = Object.entries(props.webAcls).flatMap(([name, options]) =>
      props.places(name).map((place) => ({ name, place, arn: this.acl(name, options, place) })),
    );
    const arnsOf = (wanted: Presented) =>
      Object.fromEntries(made.filter(({ place }) => place === wanted).map(({ name, arn }) => [name, arn]));
    this.arns = arnsOf("region");
    this.edgeArns = arnsOf("edge");
  }

  private acl(name: string, options: WebAclOptions, place: Presented): string {
    const edge = place === "edge";
    const provider = edge ? this.props.edgeProvider() : undefined;
    const at = provider === undefined ? {} : { provider };
    const id = edge ? `${name}_edge` : name;
    const names = webAclNames(this.props.environment, name);
    const scope = edge ? "CLOUDFRONT" : "REGIONAL";
    const networks =
      options.networks === undefined
        ? undefined
        : new Wafv2IpSet(this, `${id}_networks`, {
            name: names.networks,
            scope,
            ipAddressVersion: "IPV4",
            addresses: options.networks.cidrs,
            ...at,
          });
    const acl = new Wafv2WebAcl(this, id, {
      name: names.acl,
      scope,
      defaultAction: { allow: {} },
      rule: rulesOfAcl(options, networks?.arn),
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: names.acl, sampledRequestsEnabled: true },
      ...at,
    });
    if (options.logs.kind === "off") return acl.arn;
    const group = new CloudwatchLogGroup(this, `${id}_logs`, {
      name: names.logs[place],
      retentionInDays: options.logs.retentionDays,
      ...at,
    });
    new Wafv2WebAclLoggingConfiguration(this, `${id}_logging`, {
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
      ...at,
    });
    return acl.arn;
  }
}
