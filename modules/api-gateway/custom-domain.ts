import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { CustomDomainOptions } from "./options-schema";

export interface CustomDomainProps {
  readonly options: CustomDomainOptions;
  readonly api: {
    readonly kind: "rest" | "http";
    /** Whether callers come in at AWS's edge locations. */
    readonly edge: boolean;
    readonly id: string;
    readonly stageName: string;
  };
  /** Certificate that it presents. */
  readonly certificateArn: string;
  /** Authorities whose clients may call. Default: no certificate is asked for. */
  readonly trust: { readonly uri: string; readonly version: string } | undefined;
  /** Id of the Route 53 zone of a domain name. */
  readonly zoneId: (name: string) => string;
}

/** What an alias record points at. */
interface AliasTarget {
  readonly name: string;
  readonly zoneId: string;
}

const securityPolicy = "TLS_1_2";

function mutualTls(trust: CustomDomainProps["trust"]) {
  return trust === undefined
    ? {}
    : { mutualTlsAuthentication: { truststoreUri: trust.uri, truststoreVersion: trust.version } };
}

/** A name of one's own in front of a stage, with its alias record in Route 53. */
export class CustomDomain extends Construct {
  /** Without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const { options, api, zoneId } = props;
    const { name, basePath } = options;
    const target = api.kind === "http" ? this.http(props) : this.rest(props);
    new Route53Record(this, "alias", {
      zoneId: zoneId(options.zone),
      name,
      type: "A",
      alias: { name: target.name, zoneId: target.zoneId, evaluateTargetHealth: false },
    });
    this.url = `https://${name}${basePath === undefined ? "" : `/${basePath}`}`;
  }

  private rest({ options, api, certificateArn, trust }: CustomDomainProps): AliasTarget {
    const { name, basePath } = options;
    const domain = new ApiGatewayDomainName(this, "Resource", {
      domainName: name,
      securityPolicy,
      endpointConfiguration: { types: [api.edge ? "EDGE" : "REGIONAL"] },
      ...(api.edge ? { certificateArn } : { regionalCertificateArn: certificateArn }),
      ...mutualTls(trust),
    });
    new ApiGatewayBasePathMapping(this, "mapping", {
      apiId: api.id,
      stageName: api.stageName,
      domainName: domain.domainName,
      ...(basePath === undefined ? {} : { basePath }),
    });
    return api.edge
      ? { name: domain.cloudfrontDomainName, zoneId: domain.cloudfrontZoneId }
      : { name: domain.regionalDomainName, zoneId: domain.regionalZoneId };
  }

  private http({ options, api, certificateArn, trust }: CustomDomainProps): AliasTarget {
    const { name, basePath } = options;
    const domain = new Apigatewayv2DomainName(this, "Resource", {
      domainName: name,
      domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy },
      ...mutualTls(trust),
    });
    new Apigatewayv2ApiMapping(this, "mapping", {
      apiId: api.id,
      stage: api.stageName,
      domainName: domain.domainName,
      ...(basePath === undefined ? {} : { apiMappingKey: basePath }),
    });
    const { targetDomainName, hostedZoneId } = domain.domainNameConfiguration;
    return { name: targetDomainName, zoneId: hostedZoneId };
  }
}
