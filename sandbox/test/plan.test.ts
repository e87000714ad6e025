import { describe, expect, it } from "vitest";
import { planSandbox } from "../src/plan";
import { stackOf } from "./fixtures";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const aws = { region: "eu-west-1", allowed_account_ids: ["123456789012"] };

/** As the cluster stack writes it: an association names its entry by reference. */
const access = {
  aws_eks_access_entry: {
    access_developers: { principal_arn: role("developers") },
    access_operators: { principal_arn: role("platform-operators") },
  },
  aws_eks_access_policy_association: {
    access_developers_edit: {
      policy_arn: policy("AmazonEKSEditPolicy"),
      principal_arn: "${aws_eks_access_entry.access_developers.principal_arn}",
    },
    "access_operators_cluster-admin": {
      policy_arn: policy("AmazonEKSClusterAdminPolicy"),
      principal_arn: "${aws_eks_access_entry.access_operators.principal_arn}",
    },
  },
};

function clusterStack(resource: object = access, provider: object = aws, terraform: object = {}) {
  return stackOf("dev-cluster", {
    terraform,
    provider: { aws: [provider] },
    resource: { aws_eks_cluster: { cluster: { name: "dev-eks" } }, ...resource },
  });
}

const planOf = (...args: Parameters<typeof clusterStack>) => planSandbox("dev", [clusterStack(...args)]);

describe("the plan of a sandbox", () => {
  it("takes region, account and the cluster's name from the cluster stack, wherever it stands among the others", () => {
    expect(planSandbox("dev", [stackOf("dev-registry"), clusterStack(), stackOf("dev-apps")])).toMatchObject({
      environment: "dev",
      region: "eu-west-1",
      accountId: "123456789012",
      clusterName: "dev-eks",
    });
  });

  it("lets Terraform act as the principal of the access entry with the cluster administrator's policy", () => {
    expect(planOf().principalArn).toBe(role("platform-operators"));
  });

  it("takes a principal that the policy's association names outright", () => {
    const association = { policy_arn: policy("AmazonEKSClusterAdminPolicy"), principal_arn: role("outright") };
    expect(planOf({ aws_eks_access_policy_association: { it: association } }).principalArn).toBe(role("outright"));
  });

  it("prefers the role that the AWS provider assumes", () => {
    const plan = planOf(access, { ...aws, assume_role: [{ role_arn: role("terraform"), session_name: "terraform" }] });
    expect(plan.principalArn).toBe(role("terraform"));
  });

  it.each([
    ["no entry", {}],
    ["no administrator", { ...access, aws_eks_access_policy_association: {} }],
    [
      "an administrator who is not known before the apply",
      {
        ...access,
        aws_eks_access_entry: { access_operators: { principal_arn: "${aws_iam_role.operators.arn}" } },
      },
    ],
  ])("is an error with path and remedy where the cluster has %s", (_, resource) => {
    expect(() => planOf(resource)).toThrow(
      "environments/dev.ts: cluster.access: no principal has the policy cluster-admin, so nobody could apply the " +
        'controllers and apps stacks. Add an entry with policies: [{ policy: "cluster-admin" }].',
    );
  });

  it("is an error that names the stacks where none of them makes a cluster", () => {
    expect(() => planSandbox("dev", [stackOf("dev-dns"), stackOf("dev-apps")])).toThrow(
      /^dev: none of dev-dns, dev-apps holds an aws_eks_cluster, /,
    );
  });

  it("makes the principals of all entries, but for those that the stacks make themselves", () => {
    const made = { access_made: { principal_arn: "${aws_iam_role.made.arn}" } };
    const plan = planOf({ ...access, aws_eks_access_entry: { ...access.aws_eks_access_entry, ...made } });
    expect(plan.principals).toEqual([role("developers"), role("platform-operators")]);
  });

  it("has the zones of the private subnets, and of no other ones", () => {
    const subnet = (zone: string, cidr_block: string, tags: object) => ({ availability_zone: zone, cidr_block, tags });
    const plan = planOf({
      ...access,
      aws_subnet: {
        public_a: subnet("eu-west-1a", "10.10.0.0/22", { "kubernetes.io/role/elb": "1" }),
        private_a: subnet("eu-west-1a", "10.10.64.0/19", { "kubernetes.io/role/internal-elb": "1" }),
        private_b: subnet("eu-west-1b", "10.10.96.0/19", { "kubernetes.io/role/internal-elb": "1" }),
        database_a: { availability_zone: "eu-west-1a", cidr_block: "10.10.128.0/24" },
      },
    });
    expect(plan.zones).toEqual([
      { name: "eu-west-1a", subnetCidr: "10.10.64.0/19" },
      { name: "eu-west-1b", subnetCidr: "10.10.96.0/19" },
    ]);
  });

  it("has two zones of the region where the network exists already", () => {
    const zones = planOf(access, { ...aws, region: "us-east-2" }).zones;
    expect(zones.map(({ name }) => name)).toEqual(["us-east-2a", "us-east-2b"]);
    expect(new Set(zones.map(({ subnetCidr }) => subnetCidr)).size).toBe(2);
  });

  it("knows whether nodes come with node groups", () => {
    expect(planOf().hasNodeGroups).toBe(false);
    expect(planOf({ ...access, aws_eks_node_group: { general: {} } }).hasNodeGroups).toBe(true);
  });

  it("has the bucket of S3 backends once, and none for other backends", () => {
    const s3 = { backend: { s3: { bucket: "state", key: "dev/x.tfstate" } } };
    const apps = stackOf("dev-apps", { terraform: s3 });
    expect(planSandbox("dev", [clusterStack(access, aws, s3), apps]).stateBuckets).toEqual(["state"]);
    expect(planOf(access, aws, { backend: { local: { path: "x.tfstate" } } }).stateBuckets).toEqual([]);
  });

  const rule = (more: object) => ({
    aws_vpc_security_group_ingress_rule: {
      cluster_client: {
        security_group_id: "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}",
        from_port: 443,
        ...more,
      },
    },
  });
  const endpoint = (access_: object) => ({ aws_eks_cluster: { cluster: { name: "dev", vpc_config: [access_] } } });
  const closed = endpoint({ endpoint_public_access: false });

  it.each<[string, object, string]>([
    ["an address of a client's network", { ...closed, ...rule({ cidr_ipv4: "10.100.0.0/16" }) }, "10.100.0.2"],
    ["a client's prefix list", { ...closed, ...rule({ prefix_list_id: "pl-1" }) }, "pl-1"],
    ["a client's security group", { ...closed, ...rule({ referenced_security_group_id: "sg-1" }) }, "sg-1"],
    [
      "an address of a public endpoint's network",
      endpoint({ endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] }),
      "203.0.113.2",
    ],
    ["inside, where nobody is let in from outside", closed, "inside"],
    [
      "inside, where a rule is for another port",
      { ...closed, ...rule({ cidr_ipv4: "10.1.0.0/16", from_port: 80 }) },
      "inside",
    ],
  ])("has as its caller %s", (_, resource, caller) => {
    expect(planOf({ ...access, ...resource }).caller).toBe(caller);
  });

  it("has the images of the environment's own repositories that workloads run, each once", () => {
    const cluster = stackOf("dev-cluster", {
      provider: { aws: [aws] },
      resource: {
        aws_eks_cluster: { cluster: { name: "dev-eks" } },
        ...access,
        aws_ecr_repository: { registry_shop: { name: "shop" }, registry_blog: { name: "teams/blog" } },
      },
      output: {
        repository_urls: {
          value: {
            shop: "${aws_ecr_repository.registry_shop.repository_url}",
            "the-blog": "${aws_ecr_repository.registry_blog.repository_url}",
          },
        },
      },
    });
    const url = "${data.terraform_remote_state.cluster.outputs.repository_urls";
    const images = [`${url}.shop}:1.0.0`, `${url}.shop}:1.0.0`, `${url}["the-blog"]}:2.1`, "nginx:1.28"];
    const apps = stackOf("dev-apps", { resource: { kubernetes_deployment_v1: { all: { images } } } });
    expect(planSandbox("dev", [cluster, apps]).images).toEqual(["shop:1.0.0", "teams/blog:2.1"]);
  });
});
