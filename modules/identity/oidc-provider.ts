import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";

export interface OidcProviderProps {
  /** Issuer of the cluster's service account tokens, with `https://`. */
  readonly issuerUrl: string;
}

/**
 * Makes IAM trust the cluster's service account tokens; without it no IRSA role can be assumed. IAM checks EKS
 * issuers against its own authorities, so it needs no thumbprint and we no `tls` provider.
 */
export class OidcProvider extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    this.arn = new IamOpenidConnectProvider(this, "Resource", {
      url: props.issuerUrl,
      clientIdList: ["sts.amazonaws.com"],
    }).arn;
  }
}
