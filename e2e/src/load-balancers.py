"""Prints the load balancers of an AWS account and region with what stands behind them, as JSON."""

import json
import sys

import boto3

elb = boto3.client("elbv2")
apigateway = boto3.client("apigateway")


def pages(client, operation: str, key: str, **arguments) -> list[dict]:
    return [item for page in client.get_paginator(operation).paginate(**arguments) for item in page[key]]


links = pages(apigateway, "get_vpc_links", "items")
groups = pages(elb, "describe_target_groups", "TargetGroups")
found = []
for balancer in pages(elb, "describe_load_balancers", "LoadBalancers"):
    arn = balancer["LoadBalancerArn"]
    found.append(
        {
            "arn": arn,
            "dnsName": balancer["DNSName"],
            "elasticIps": [
                address["AllocationId"]
                for zone in balancer["AvailabilityZones"]
                for address in zone.get("LoadBalancerAddresses", [])
                if "AllocationId" in address
            ],
            "vpcLinks": [link["id"] for link in links if arn in link["targetArns"]],
            "targetGroups": [
                {
                    "arn": group["TargetGroupArn"],
                    "targets": [
                        health["Target"]["Id"]
                        for health in elb.describe_target_health(TargetGroupArn=group["TargetGroupArn"])[
                            "TargetHealthDescriptions"
                        ]
                    ],
                }
                for group in groups
                if arn in group["LoadBalancerArns"]
            ],
        }
    )
json.dump(found, sys.stdout, indent=2)
