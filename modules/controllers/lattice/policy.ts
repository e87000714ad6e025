import { actions, allow, type PolicyDocument, policyDocument } from "../../identity/policy";
import type { IdentityContext } from "../controller";

const lattice = (...names: readonly string[]) => actions("vpc-lattice", ...names);

/**
 * Policy of the AWS Gateway API Controller v2.1.3. Its own recommended-inline-policy.json allows `vpc-lattice:*` on `*`;
 * here stand the actions that its code calls (pkg/aws/services), each on resources of the environment's account and
 * region. `*` is left to actions that know no narrower resource: the lists and tags of VPC Lattice, EC2's descriptions,
 * the Resource Groups Tagging API, CloudWatch's log delivery and the list of certificates.
 * Source of the resources: Service Authorization Reference.
 */
export function latticeControllerPolicy(
  context: Pick<IdentityContext, "partition" | "region" | "accountId">,
): PolicyDocument {
  const { partition, region, accountId } = context;
  const regional = (service: string, path: string) => `arn:${partition}:${service}:${region}:${accountId}:${path}`;
  const part = (path: string) => regional("vpc-lattice", path);
  const services = part("service/*");
  const networks = part("servicenetwork/*");
  const serviceAssociations = part("servicenetworkserviceassociation/*");
  const vpcAssociations = part("servicenetworkvpcassociation/*");
  const targetGroups = part("targetgroup/*");
  const logSubscriptions = part("accesslogsubscription/*");
  const serviceLinkedRole = (service: string, name: string) =>
    allow(
      ["iam:CreateServiceLinkedRole"],
      `arn:${partition}:iam::${accountId}:role/aws-service-role/${service}/${name}`,
      {
        StringEquals: { "iam:AWSServiceName": service },
      },
    );

  return policyDocument(
    allow(
      lattice(
        "ListServiceNetworks",
        "ListServices",
        "ListListeners",
        "ListRules",
        "ListTargetGroups",
        "ListServiceNetworkServiceAssociations",
        "ListServiceNetworkVpcAssociations",
        "ListAccessLogSubscriptions",
        "ListTagsForResource",
      ),
      "*",
    ),
    // Listeners and rules are parts of a service, by ARN too.
    allow(
      lattice(
        ...["Service", "Listener", "Rule"].flatMap((kind) => [
          `Create${kind}`,
          `Get${kind}`,
          `Update${kind}`,
          `Delete${kind}`,
        ]),
      ),
      services,
    ),
    allow(
      lattice(
        "CreateTargetGroup",
        "GetTargetGroup",
        "UpdateTargetGroup",
        "DeleteTargetGroup",
        "RegisterTargets",
        "DeregisterTargets",
        "ListTargets",
      ),
      targetGroups,
    ),
    allow(
      lattice("CreateServiceNetwork", "GetServiceNetwork", "UpdateServiceNetwork", "DeleteServiceNetwork"),
      networks,
    ),
    allow(
      lattice(
        "CreateServiceNetworkServiceAssociation",
        "GetServiceNetworkServiceAssociation",
        "DeleteServiceNetworkServiceAssociation",
      ),
      [services, networks, serviceAssociations],
    ),
    allow(
      lattice(
        "CreateServiceNetworkVpcAssociation",
        "GetServiceNetworkVpcAssociation",
        "UpdateServiceNetworkVpcAssociation",
        "DeleteServiceNetworkVpcAssociation",
      ),
      [networks, vpcAssociations],
    ),
    allow(lattice("GetAuthPolicy", "PutAuthPolicy", "DeleteAuthPolicy"), [services, networks]),
    allow(
      lattice(
        "CreateAccessLogSubscription",
        "GetAccessLogSubscription",
        "UpdateAccessLogSubscription",
        "DeleteAccessLogSubscription",
      ),
      [services, networks, logSubscriptions],
    ),
    allow(lattice("TagResource", "UntagResource"), [
      services,
      targetGroups,
      networks,
      serviceAssociations,
      vpcAssociations,
      logSubscriptions,
    ]),
    allow(actions("ec2", "DescribeVpcs", "DescribeSubnets", "DescribeTags", "DescribeSecurityGroups"), "*"),
    allow(actions("tag", "GetResources", "TagResources", "UntagResources"), "*"),
    // Access logs of services and service networks, to CloudWatch, Firehose or S3.
    allow(
      actions(
        "logs",
        "CreateLogDelivery",
        "GetLogDelivery",
        "UpdateLogDelivery",
        "DeleteLogDelivery",
        "ListLogDeliveries",
        "DescribeLogGroups",
        "PutResourcePolicy",
        "DescribeResourcePolicies",
      ),
      "*",
    ),
    allow(["firehose:TagDeliveryStream"], regional("firehose", "deliverystream/*")),
    allow(actions("s3", "GetBucketPolicy", "PutBucketPolicy"), `arn:${partition}:s3:::*`, {
      StringEquals: { "aws:ResourceAccount": accountId },
    }),
    allow(["acm:ListCertificates"], "*"),
    serviceLinkedRole("vpc-lattice.amazonaws.com", "AWSServiceRoleForVpcLattice"),
    serviceLinkedRole("delivery.logs.amazonaws.com", "AWSServiceRoleForLogDelivery"),
  );
}
