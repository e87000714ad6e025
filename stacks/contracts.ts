import { defineContract } from "../modules/state/contract";
import { exampleCertificate } from "./example-certificate";

/** What the cluster stack tells the others. */
export const clusterContract = defineContract("cluster", {
  cluster_name: { kind: "text", description: "Name of the EKS cluster.", example: "example" },
  cluster_arn: {
    kind: "text",
    description: "ARN of the EKS cluster.",
    example: "arn:aws:eks:us-west-2:123456789012:cluster/example",
  },
  cluster_endpoint: {
    kind: "text",
    description: "Address of the Kubernetes API server.",
    example: "https://0123456789ABCDEF0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com",
  },
  cluster_certificate_authority: {
    kind: "text",
    description: "Certificate of the authority that signs the API server's, in PEM and base64.",
    example: exampleCertificate,
  },
  cluster_security_group_id: {
    kind: "text",
    description: "Security group that EKS makes for control plane, nodes and Fargate pods.",
    example: "sg-0123456789abcdef0",
  },
  oidc_issuer_url: {
    kind: "text",
    description: "Issuer of the cluster's service account tokens, with https://.",
    example: "https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
  },
  oidc_issuer: {
    kind: "text",
    description: "The same issuer without https://, as IAM conditions name it.",
    example: "oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
  },
  node_role_arn: {
    kind: "text",
    description: "Role of the nodes of every node group; empty where there are no nodes of our own.",
    example: "arn:aws:iam::123456789012:role/example-node",
  },
  vpc_id: { kind: "text", description: "VPC of the cluster.", example: "vpc-0123456789abcdef0" },
  vpc_cidr: { kind: "text", description: "IPv4 network of the VPC.", example: "10.0.0.0/16" },
  public_subnet_ids: {
    kind: "list",
    description: "Subnets for internet-facing load balancers, in the order of the zones.",
    example: "subnet-0123456789abcdef0",
  },
  private_subnet_ids: {
    kind: "list",
    description: "Subnets for nodes, Fargate pods and internal load balancers, in the order of the zones.",
    example: "subnet-0123456789abcdef1",
  },
  repository_urls: {
    kind: "map",
    description: "Address of each ECR repository, by name.",
    example: "123456789012.dkr.ecr.us-west-2.amazonaws.com/example",
  },
  zone_ids: {
    kind: "map",
    description: "Route 53 zone of each domain name.",
    example: "Z0123456789ABCDEFGHIJ",
  },
  zone_name_servers: {
    kind: "map",
    description: "Name servers of each zone made here, to which its parent has to delegate it, by domain name.",
    example: "ns-1.awsdns-01.com ns-2.awsdns-02.net",
  },
});

/** What the identity stack tells the others. */
export const identityContract = defineContract("identity", {
  controller_role_arns: {
    kind: "map",
    description: "Role of each controller that needs one, by the controller's name in the environment.",
    example: "arn:aws:iam::123456789012:role/example-controller",
  },
  workload_role_arns: {
    kind: "map",
    description: "Role of each workload that has one, by the workload's name.",
    example: "arn:aws:iam::123456789012:role/example-workload",
  },
  release_role_arns: {
    kind: "map",
    description: "Role of each release that has one, by the release's name.",
    example: "arn:aws:iam::123456789012:role/example-release",
  },
  mesh_role_arns: {
    kind: "map",
    description: "Role of the service account that App Mesh's proxies share, by the service account's name.",
    example: "arn:aws:iam::123456789012:role/example-appmesh-proxyauth",
  },
  kube2iam_role_arns: {
    kind: "map",
    description: "Role that pods take through kube2iam, by name.",
    example: "arn:aws:iam::123456789012:role/example-kube2iam",
  },
  user_arns: {
    kind: "map",
    description: "IAM users for callers outside AWS, by name.",
    example: "arn:aws:iam::123456789012:user/example",
  },
  certificate_arns: {
    kind: "map",
    description: "Certificate of ACM in the environment's region, by its name in `certificates`.",
    example: "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555",
  },
  edge_certificate_arns: {
    kind: "map",
    description: "Certificate of ACM in us-east-1, for what CloudFront presents, by its name in `certificates`.",
    example: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-4333-8444-555555555555",
  },
  web_acl_arns: {
    kind: "map",
    description: "Web ACL of the environment's region, by its name in `webAcls`.",
    example: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/example/11111111-2222-4333-8444-555555555555",
  },
  edge_web_acl_arns: {
    kind: "map",
    description: "Web ACL for CloudFront, by its name in `webAcls`.",
    example: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/example/11111111-2222-4333-8444-555555555555",
  },
  access_log_bucket: {
    kind: "text",
    description: "Bucket of the access logs of load balancers; empty where there are none.",
    example: "example-access-logs-123456789012",
  },
  trust_store_arns: {
    kind: "map",
    description: "Trust store of a load balancer, by its name in `trustStores`.",
    example: "arn:aws:elasticloadbalancing:us-west-2:123456789012:truststore/example/0123456789abcdef",
  },
  trust_bundle_uris: {
    kind: "map",
    description: "Bundle of the authorities of each trust store, as API Gateway reads it.",
    example: "s3://example-trust-123456789012/partners.pem",
  },
  trust_bundle_versions: {
    kind: "map",
    description: "Version of each bundle in its bucket.",
    example: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY",
  },
  certificate_validation_records: {
    kind: "map",
    description: "Record that ACM asks for, of each host whose zone is elsewhere: name, type and value.",
    example: "_0123456789abcdef.example.com. CNAME _fedcba9876543210.acm-validations.aws.",
  },
});

/** What the controllers stack tells the others. */
export const controllersContract = defineContract("controllers", {
  releases: {
    kind: "map",
    description: "Version of each controller's chart, by the chart's name.",
    example: "1.0.0",
  },
  other_releases: {
    kind: "map",
    description: "Version of the chart of each release that the environment names, by the release's name.",
    example: "1.0.0",
  },
  ambassador_addresses: {
    kind: "list",
    description: "Fixed public addresses of Ambassador; empty where AWS assigns them.",
    example: "192.0.2.10",
  },
});

/** What the apps stack tells its readers. */
export const appsContract = defineContract("apps", {
  doors: {
    kind: "map",
    description: "How each route is reached, by `<workload>/<kind>/<name>`.",
    example: "example.com/",
  },
  invoke_urls: {
    kind: "map",
    description: "Address of each API's stage by `<api>`, and of each route through it by `<api><path>`.",
    example: "https://0123456789.execute-api.us-west-2.amazonaws.com/prod",
  },
  usage_plan_ids: {
    kind: "map",
    description: "Usage plan of each API that has one, by the API's name.",
    example: "a1b2c3",
  },
});
