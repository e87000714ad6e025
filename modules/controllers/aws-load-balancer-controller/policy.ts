import type { Partition } from "../../aws/schema";
import { actions, allow, type PolicyDocument, policyDocument } from "../../identity/policy";

const clusterTag = "elbv2.k8s.aws/cluster";
const requestTag = `aws:RequestTag/${clusterTag}`;
const resourceTag = `aws:ResourceTag/${clusterTag}`;

const ec2 = (...names: readonly string[]) => actions("ec2", ...names);
const elb = (...names: readonly string[]) => actions("elasticloadbalancing", ...names);

/**
 * Policy of controller v3.5.0, statement by statement in its own order. The `*` resources are the vendor's: the
 * actions behind them know no narrower resource or are held by conditions on the controller's own tag.
 * Source: docs/install/iam_policy.json of kubernetes-sigs/aws-load-balancer-controller.
 */
export function loadBalancerControllerPolicy(partition: Partition): PolicyDocument {
  const securityGroups = `arn:${partition}:ec2:*:*:security-group/*`;
  const balancing = (path: string) => `arn:${partition}:elasticloadbalancing:*:*:${path}`;
  const targetGroupsAndLoadBalancers = [
    balancing("targetgroup/*/*"),
    balancing("loadbalancer/net/*/*"),
    balancing("loadbalancer/app/*/*"),
  ];
  // The request must not carry the tag and the resource must have it.
  const ownResourceKeepsTag = { Null: { [requestTag]: "true", [resourceTag]: "false" } };
  const ownResource = { Null: { [resourceTag]: "false" } };
  const taggedRequest = { Null: { [requestTag]: "false" } };

  return policyDocument(
    allow(["iam:CreateServiceLinkedRole"], "*", {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    }),
    allow(
      [
        ...ec2(
          "DescribeAccountAttributes",
          "DescribeAddresses",
          "DescribeAvailabilityZones",
          "DescribeInternetGateways",
          "DescribeVpcs",
          "DescribeVpcPeeringConnections",
          "DescribeSubnets",
          "DescribeSecurityGroups",
          "DescribeInstances",
          "DescribeNetworkInterfaces",
          "DescribeTags",
          "GetCoipPoolUsage",
          "DescribeCoipPools",
          "GetSecurityGroupsForVpc",
          "DescribeIpamPools",
          "DescribeRouteTables",
        ),
        ...elb(
          "DescribeLoadBalancers",
          "DescribeLoadBalancerAttributes",
          "DescribeListeners",
          "DescribeListenerCertificates",
          "DescribeSSLPolicies",
          "DescribeRules",
          "DescribeTargetGroups",
          "DescribeTargetGroupAttributes",
          "DescribeTargetHealth",
          "DescribeTags",
          "DescribeTrustStores",
          "DescribeListenerAttributes",
          "DescribeCapacityReservation",
        ),
      ],
      "*",
    ),
    allow(
      [
        ...actions("cognito-idp", "DescribeUserPoolClient"),
        ...actions("acm", "ListCertificates", "DescribeCertificate"),
        ...actions("iam", "ListServerCertificates", "GetServerCertificate"),
        ...actions("waf-regional", "GetWebACL", "GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL"),
        ...actions("wafv2", "GetWebACL", "GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL"),
        ...actions("shield", "GetSubscriptionState", "DescribeProtection", "CreateProtection", "DeleteProtection"),
      ],
      "*",
    ),
    allow(ec2("AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"), "*"),
    allow(ec2("CreateSecurityGroup"), "*"),
    allow(ec2("CreateTags"), securityGroups, {
      StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" },
      ...taggedRequest,
    }),
    allow(ec2("CreateTags", "DeleteTags"), securityGroups, ownResourceKeepsTag),
    allow(ec2("AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "DeleteSecurityGroup"), "*", ownResource),
    allow(elb("CreateLoadBalancer", "CreateTargetGroup"), "*", taggedRequest),
    allow(elb("CreateListener", "DeleteListener", "CreateRule", "DeleteRule"), "*"),
    allow(elb("AddTags", "RemoveTags"), targetGroupsAndLoadBalancers, ownResourceKeepsTag),
    allow(elb("AddTags", "RemoveTags"), [
      balancing("listener/net/*/*/*"),
      balancing("listener/app/*/*/*"),
      balancing("listener-rule/net/*/*/*"),
      balancing("listener-rule/app/*/*/*"),
    ]),
    allow(
      elb(
        "ModifyLoadBalancerAttributes",
        "SetIpAddressType",
        "SetSecurityGroups",
        "SetSubnets",
        "DeleteLoadBalancer",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "DeleteTargetGroup",
        "ModifyListenerAttributes",
        "ModifyCapacityReservation",
        "ModifyIpPools",
      ),
      "*",
      ownResource,
    ),
    allow(elb("AddTags"), targetGroupsAndLoadBalancers, {
      StringEquals: { "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"] },
      ...taggedRequest,
    }),
    allow(elb("RegisterTargets", "DeregisterTargets"), balancing("targetgroup/*/*")),
    allow(
      elb(
        "SetWebAcl",
        "ModifyListener",
        "AddListenerCertificates",
        "RemoveListenerCertificates",
        "ModifyRule",
        "SetRulePriorities",
      ),
      "*",
    ),
  );
}
