/** A check of Checkov that some resources do not pass, and why that is meant. */
export interface CheckovWaiver {
  readonly check: string;
  /** `<stack>: <name>`; `*` stands for any text. */
  readonly resources: readonly string[];
  readonly reason: string;
}

const publishedAsItIs =
  "A published system has it so; its environment says in a reason why it stays, docs/seeds.md more.";

/** Everything that Checkov has against the environments that come with the project. */
export const checkovWaivers: readonly CheckovWaiver[] = [
  {
    check: "CKV2_AWS_19",
    resources: ["seeds*-controllers: aws_eip.emissary-address-*"],
    reason: "The AWS Load Balancer Controller attaches them to the NLB that it makes, which no stack has.",
  },
  {
    check: "CKV2_AWS_20",
    resources: ["seeds*-apps: aws_lb.api_api-95d8427d_load-balancer"],
    reason: "It is an NLB, behind a VPC link: it passes TCP on and cannot redirect.",
  },
  {
    check: "CKV2_AWS_29",
    resources: ["seeds*-apps: aws_api_gateway_stage.*"],
    reason: publishedAsItIs,
  },
  {
    check: "CKV2_AWS_38",
    resources: ["*-cluster: aws_route53_zone.*"],
    reason: "DNSSEC needs a record at the registrar, without which the zone answers nobody; the zone's owner adds it.",
  },
  {
    check: "CKV2_AWS_39",
    resources: ["*-cluster: aws_route53_zone.*"],
    reason:
      "Query logs lie in us-east-1 whatever the region, and hold who asked; they are for the zone's owner to want.",
  },
  {
    check: "CKV2_AWS_51",
    resources: ["seeds*-apps: aws_api_gateway_stage.*"],
    reason:
      "A client certificate proves the API to an HTTP backend; these go through a VPC link that nobody else can use.",
  },
  {
    check: "CKV2_AWS_62",
    resources: ["prod-identity: aws_s3_bucket.access-logs_bucket"],
    reason: "Nobody acts on a log file as it comes; who wants to, adds it to the bucket.",
  },
  {
    check: "CKV_AWS_18",
    resources: ["prod-identity: aws_s3_bucket.access-logs_bucket"],
    reason: "It holds access logs itself, and logs of reading logs would need the next bucket.",
  },
  {
    check: "CKV_AWS_144",
    resources: ["prod-identity: aws_s3_bucket.access-logs_bucket"],
    reason: "Logs of a region that is lost tell of load balancers that are lost with it.",
  },
  {
    check: "CKV_AWS_145",
    resources: ["prod-identity: aws_s3_bucket.access-logs_bucket"],
    reason: "Elastic Load Balancing writes access logs of an ALB to buckets with keys of S3 alone (SSE-S3).",
  },
  {
    check: "CKV_AWS_21",
    resources: ["prod-identity: aws_s3_bucket.access-logs_bucket"],
    reason: "Each log file is written once under a name of its own, and goes after its days.",
  },
  {
    check: "CKV_AWS_120",
    resources: ["seeds*-apps: api_*_stage"],
    reason: "A cache answers with what was, is billed by the hour, and is for whoever knows that responses may be old.",
  },
  {
    check: "CKV_AWS_225",
    resources: ["seeds*-apps: api_*_stage_settings"],
    reason: "A cache answers with what was, is billed by the hour, and is for whoever knows that responses may be old.",
  },
  {
    check: "CKV_AWS_136",
    resources: ["seeds*-cluster: registry_*", "dev-cluster: registry_shop"],
    reason: 'Encrypted by a key of ECR; `encryption: { kind: "kms" }` takes one of the account\'s, as prod does.',
  },
  {
    check: "CKV_AWS_150",
    resources: ["seeds*-apps: api_api-95d8427d_load-balancer"],
    reason: "A protected load balancer would stop the destroy of an environment that is made to be tried.",
  },
  {
    check: "CKV_AWS_158",
    resources: ["*: *"],
    reason:
      "CloudWatch Logs encrypts each group by its own key; one of the account's is not offered yet, and synth warns.",
  },
  {
    check: "CKV_AWS_237",
    resources: ["seeds*-apps: api_*"],
    reason: "A second API of the name gets another address; callers are moved by a custom domain, not by the order.",
  },
  {
    check: "CKV_AWS_260",
    resources: ["seeds-today-controllers: lattice-network_port-80"],
    reason:
      "It names VPC Lattice's prefix list, and no network: the check takes a rule without a CIDR for an open one.",
  },
  {
    check: "CKV_AWS_273",
    resources: ["seeds*-identity: user_apigw-user"],
    reason: publishedAsItIs,
  },
  {
    check: "CKV_AWS_338",
    resources: ["seeds*: *", "dev-cluster: *", "prod-cluster: network_flow_logs_group"],
    reason:
      "Logs are kept for ninety days where nobody asks for more: a year is a choice that is paid for; synth warns.",
  },
  {
    check: "CKV_AWS_39",
    resources: ["seeds*-cluster: cluster", "dev-cluster: cluster"],
    reason: "Open to networks that the environment names, for who has no way into the VPC yet; prod's is private.",
  },
  {
    check: "CKV_AWS_73",
    resources: ["seeds*-apps: api_*_stage"],
    reason: "Traces are of use where workloads send theirs too, and are billed by the request.",
  },
  {
    check: "CKV_AWS_91",
    resources: ["seeds*-apps: api_api-95d8427d_load-balancer"],
    reason: "An NLB logs TLS listeners alone, and this one has none; the API before it logs every call.",
  },
  {
    check: "CKV_K8S_11",
    resources: ["*-apps: *_deployment"],
    reason: "A limit on CPU throttles a pod while its node is idle; requests share it out. A workload may set one.",
  },
  {
    check: "CKV_K8S_15",
    resources: ["*-apps: *_deployment"],
    reason: "Tags are immutable, so a pull of what is there already brings nothing, and fails where the registry does.",
  },
  {
    check: "CKV_K8S_21",
    resources: ["*: *"],
    reason: "The namespace is a reference to another resource, which the check does not follow, or the published one.",
  },
  {
    check: "CKV_K8S_22",
    resources: ["seeds*-apps: workload_nginx-*_deployment", "seeds-apps: mesh_gateway_deployment"],
    reason: publishedAsItIs,
  },
  {
    check: "CKV_K8S_25",
    resources: ["seeds-apps: mesh_gateway_deployment"],
    reason: "App Mesh's Envoy listens on port 80 as published, which takes NET_BIND_SERVICE and nothing else.",
  },
  {
    check: "CKV_K8S_28",
    resources: ["seeds*-apps: workload_nginx-*_deployment"],
    reason: publishedAsItIs,
  },
  {
    check: "CKV_K8S_43",
    resources: ["*-apps: *_deployment"],
    reason: "Images go by tags that cannot be pushed twice; `digest` is there for who wants more.",
  },
  {
    check: "CKV_K8S_8",
    resources: ["*-apps: *_deployment"],
    reason:
      "A liveness probe that is wrong restarts what only waits; a workload sets one where it knows when it is dead.",
  },
];
