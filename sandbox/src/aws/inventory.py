"""Prints everything in an AWS account and region, as a JSON object of lists of ids by kind.

What AWS itself puts into every account (its default VPC, managed policies and keys) is listed too: who compares two
inventories sees it in both.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

# Kind: service, operation, its arguments, path of the list in the answer, key of the id (none: the item is the id).
KINDS = {
    "vpc": ("ec2", "describe_vpcs", {}, "Vpcs", "VpcId"),
    "subnet": ("ec2", "describe_subnets", {}, "Subnets", "SubnetId"),
    "internet gateway": ("ec2", "describe_internet_gateways", {}, "InternetGateways", "InternetGatewayId"),
    "egress-only gateway": (
        "ec2",
        "describe_egress_only_internet_gateways",
        {},
        "EgressOnlyInternetGateways",
        "EgressOnlyInternetGatewayId",
    ),
    "nat gateway": (
        "ec2",
        "describe_nat_gateways",
        {"Filter": [{"Name": "state", "Values": ["pending", "available"]}]},
        "NatGateways",
        "NatGatewayId",
    ),
    "elastic ip": ("ec2", "describe_addresses", {}, "Addresses", "AllocationId"),
    "route table": ("ec2", "describe_route_tables", {}, "RouteTables", "RouteTableId"),
    # A VPC's default list goes with the VPC; moto forgets that.
    "network acl": (
        "ec2",
        "describe_network_acls",
        {"Filters": [{"Name": "default", "Values": ["false"]}]},
        "NetworkAcls",
        "NetworkAclId",
    ),
    "security group": ("ec2", "describe_security_groups", {}, "SecurityGroups", "GroupId"),
    "network interface": ("ec2", "describe_network_interfaces", {}, "NetworkInterfaces", "NetworkInterfaceId"),
    "vpc endpoint": (
        "ec2",
        "describe_vpc_endpoints",
        {"Filters": [{"Name": "vpc-endpoint-state", "Values": ["pending", "available"]}]},
        "VpcEndpoints",
        "VpcEndpointId",
    ),
    "flow log": ("ec2", "describe_flow_logs", {}, "FlowLogs", "FlowLogId"),
    "launch template": ("ec2", "describe_launch_templates", {}, "LaunchTemplates", "LaunchTemplateId"),
    "instance": (
        "ec2",
        "describe_instances",
        {"Filters": [{"Name": "instance-state-name", "Values": ["pending", "running", "stopping", "stopped"]}]},
        "Reservations",
        "ReservationId",
    ),
    "volume": ("ec2", "describe_volumes", {}, "Volumes", "VolumeId"),
    "load balancer": ("elbv2", "describe_load_balancers", {}, "LoadBalancers", "LoadBalancerArn"),
    "target group": ("elbv2", "describe_target_groups", {}, "TargetGroups", "TargetGroupArn"),
    "eks cluster": ("eks", "list_clusters", {}, "clusters", None),
    "ecr repository": ("ecr", "describe_repositories", {}, "repositories", "repositoryName"),
    "log group": ("logs", "describe_log_groups", {}, "logGroups", "logGroupName"),
    "kms alias": ("kms", "list_aliases", {}, "Aliases", "AliasName"),
    "iam role": ("iam", "list_roles", {}, "Roles", "RoleName"),
    "iam policy": ("iam", "list_policies", {"Scope": "Local"}, "Policies", "PolicyName"),
    "iam user": ("iam", "list_users", {}, "Users", "UserName"),
    "iam group": ("iam", "list_groups", {}, "Groups", "GroupName"),
    "iam instance profile": ("iam", "list_instance_profiles", {}, "InstanceProfiles", "InstanceProfileName"),
    "oidc provider": ("iam", "list_open_id_connect_providers", {}, "OpenIDConnectProviderList", "Arn"),
    "certificate": ("acm", "list_certificates", {}, "CertificateSummaryList", "CertificateArn"),
    "rest api": ("apigateway", "get_rest_apis", {}, "items", "id"),
    "vpc link": ("apigateway", "get_vpc_links", {}, "items", "id"),
    "usage plan": ("apigateway", "get_usage_plans", {}, "items", "id"),
    "api key": ("apigateway", "get_api_keys", {}, "items", "id"),
    "api domain name": ("apigateway", "get_domain_names", {}, "items", "domainName"),
    "http api": ("apigatewayv2", "get_apis", {}, "Items", "ApiId"),
    "http api domain name": ("apigatewayv2", "get_domain_names", {}, "Items", "DomainName"),
    "http api vpc link": ("apigatewayv2", "get_vpc_links", {}, "Items", "VpcLinkId"),
    "cloud map namespace": ("servicediscovery", "list_namespaces", {}, "Namespaces", "Id"),
    "service network": ("vpc-lattice", "list_service_networks", {}, "items", "id"),
    "bucket": ("s3", "list_buckets", {}, "Buckets", "Name"),
    "user pool": ("cognito-idp", "list_user_pools", {"MaxResults": 60}, "UserPools", "Id"),
    "secret": ("secretsmanager", "list_secrets", {}, "SecretList", "Name"),
    "parameter": ("ssm", "describe_parameters", {}, "Parameters", "Name"),
    "queue": ("sqs", "list_queues", {}, "QueueUrls", None),
    "table": ("dynamodb", "list_tables", {}, "TableNames", None),
    "web acl": ("wafv2", "list_web_acls", {"Scope": "REGIONAL"}, "WebACLs", "Id"),
    "auto scaling group": ("autoscaling", "describe_auto_scaling_groups", {}, "AutoScalingGroups", "AutoScalingGroupName"),
    "event rule": ("events", "list_rules", {}, "Rules", "Name"),
}


def ids(kind: str) -> list[str]:
    service, operation, arguments, path, key = KINDS[kind]
    client = boto3.client(service)
    pages = (
        client.get_paginator(operation).paginate(**arguments)
        if client.can_paginate(operation)
        else [getattr(client, operation)(**arguments)]
    )
    return sorted(str(item if key is None else item[key]) for page in pages for item in page.get(path, []))


def zones() -> list[str]:
    """Without those that Cloud Map makes for its namespaces: they go with the namespace; moto forgets that."""
    pages = boto3.client("route53").get_paginator("list_hosted_zones").paginate()
    listed = [zone for page in pages for zone in page["HostedZones"]]
    return sorted(
        zone["Id"] for zone in listed if "dns namespace" not in zone.get("Config", {}).get("Comment", "")
    )


def keys() -> list[str]:
    """KMS never deletes a key at once; one that waits for its deletion counts as gone."""
    kms = boto3.client("kms")
    listed = [item["KeyId"] for page in kms.get_paginator("list_keys").paginate() for item in page["Keys"]]
    return sorted(key for key in listed if kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] != "PendingDeletion")


def main() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = dict(zip(KINDS, pool.map(ids, KINDS)))
    found["hosted zone"] = zones()
    found["kms key"] = keys()
    json.dump({kind: listed for kind, listed in found.items() if listed}, sys.stdout, indent=2)


main()
