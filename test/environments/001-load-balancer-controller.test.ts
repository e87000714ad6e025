import { describe, expect, it } from "vitest";
import seedsFile from "../../examples/seeds";
import { environmentNames, stacksOf, synthStacks } from "../support/environments";
import { list, type PolicyJson, policyOf } from "../support/json";
import { helmReleases, metadataOf, releaseOf, typedResource } from "../support/kubernetes-objects";
import { minimal } from "../support/minimal";
import { resource, resources, type TerraformJson } from "../support/synth";
import { type StatementScope, vendorStatements } from "./load-balancer-controller-policy";

const seeds = () => stacksOf("seeds");
const controller = () => releaseOf(seeds(), "aws-load-balancer-controller");
const issuer = "${data.terraform_remote_state.cluster.outputs.oidc_issuer}";
const roleOf = () => resource(seeds().identity, "aws_iam_role", "awsLoadBalancerController_role");

function controllerPolicy(identity: TerraformJson): PolicyJson["Statement"] {
  return resources(identity, "aws_iam_policy")
    .filter(({ name }) => String(name).endsWith("-AWSLoadBalancerControllerIAMPolicy"))
    .flatMap((policy) => policyOf(policy).Statement);
}

function scopeOf(statement: PolicyJson["Statement"][number]): StatementScope {
  const actions: Record<string, number> = {};
  for (const action of new Set(list(statement.Action))) {
    const [service = ""] = action.split(":");
    actions[service] = (actions[service] ?? 0) + 1;
  }
  return { actions, resources: list(statement.Resource), condition: statement.Condition };
}

describe("seed 001, AWS Load Balancer Controller", () => {
  it("001.1 IAM trusts the cluster's issuer, without the tls provider", () => {
    const { identity, cluster } = seeds();
    expect(resources(identity, "aws_iam_openid_connect_provider")).toEqual([
      {
        url: "${data.terraform_remote_state.cluster.outputs.oidc_issuer_url}",
        client_id_list: ["sts.amazonaws.com"],
      },
    ]);
    expect(cluster.output["oidc_issuer_url"]?.value).toMatch(
      /^\$\{aws_eks_cluster\..+\.identity\[0\]\.oidc\[0\]\.issuer\}$/,
    );
    for (const stack of Object.values(seeds())) expect(stack.terraform["required_providers"]).not.toHaveProperty("tls");
  });

  it("001.2 the controller's policy has the vendor's sixteen statements with all their conditions", () => {
    const inOregon = controllerPolicy(seeds().identity);
    expect(inOregon).toHaveLength(16);
    expect(inOregon.map(scopeOf)).toEqual(vendorStatements("aws"));
    expect(inOregon.every(({ Effect }) => Effect === "Allow")).toBe(true);
    const text = JSON.stringify({ ...minimal("china"), aws: { region: "cn-north-1", accountId: "123456789012" } });
    const china = synthStacks(JSON.parse(text.replaceAll("arn:aws:", "arn:aws-cn:")));
    expect(controllerPolicy(china.identity).map(scopeOf)).toEqual(vendorStatements("aws-cn"));
  });

  it("001.3 only the controller's service account can assume its role", () => {
    expect(roleOf()["name"]).toBe("seeds-AmazonEKSLoadBalancerControllerRole");
    expect(policyOf(roleOf(), "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: "${aws_iam_openid_connect_provider.oidc.arn}" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "system:serviceaccount:kube-system:aws-load-balancer-controller",
          },
        },
      },
    ]);
    const { oidc_issuer, oidc_issuer_url } = seeds().cluster.output;
    const url = String(oidc_issuer_url?.value).slice(2, -1);
    expect(oidc_issuer?.value).toBe(`\${trimprefix(${url}, "https://")}`);
  });

  it("001.4 the policy is attached to the role", () => {
    expect(
      resource(seeds().identity, "aws_iam_role_policy_attachment", "awsLoadBalancerController_policy-attachment"),
    ).toEqual({
      role: "${aws_iam_role.awsLoadBalancerController_role.name}",
      policy_arn: "${aws_iam_policy.awsLoadBalancerController_policy.arn}",
    });
  });

  it("001.5 the service account is made once, by the chart, and names the role", () => {
    expect(controller().values).toMatchObject({
      serviceAccount: {
        create: true,
        name: "aws-load-balancer-controller",
        annotations: {
          "eks.amazonaws.com/role-arn":
            "${data.terraform_remote_state.identity.outputs.controller_role_arns.awsLoadBalancerController}",
        },
      },
    });
    expect(seeds().identity.output["controller_role_arns"]?.value).toMatchObject({
      awsLoadBalancerController: "${aws_iam_role.awsLoadBalancerController_role.arn}",
    });
    const handmade = Object.values(seeds()).flatMap((stack) => resources(stack, "kubernetes_service_account_v1"));
    expect(handmade.map((account) => metadataOf(account).name)).not.toContain("aws-load-balancer-controller");
  });

  it("001.6 cert-manager brings its CRDs", () => {
    const release = releaseOf(seeds(), "cert-manager");
    expect(release.arguments).toMatchObject({ version: "v1.21.1", namespace: "cert-manager" });
    expect(release.values).toMatchObject({ crds: { enabled: true } });
  });

  it("001.6 cert-manager's webhook leaves the kubelet's port alone on Fargate, and only there", () => {
    expect(JSON.stringify(releaseOf(seeds(), "cert-manager").values)).not.toContain("securePort");
    const onFargate = synthStacks({
      ...seedsFile,
      cluster: {
        ...seedsFile.cluster,
        fargateProfiles: { certificates: { selectors: [{ namespace: "cert-manager" }] } },
      },
    });
    expect(releaseOf(onFargate, "cert-manager").values).toMatchObject({ webhook: { securePort: 10260 } });
  });

  it("001.7 the controller knows cluster, region and VPC, has one settled source of certificates and waits for it", () => {
    const { arguments: release, values } = controller();
    expect(release).toMatchObject({
      repository: "https://aws.github.io/eks-charts",
      version: "3.5.0",
      namespace: "kube-system",
    });
    expect(values).toMatchObject({
      clusterName: "${data.terraform_remote_state.cluster.outputs.cluster_name}",
      region: "us-west-2",
      vpcId: "${data.terraform_remote_state.cluster.outputs.vpc_id}",
      enableCertManager: true,
      keepTLSSecret: false,
    });
    expect(list(release["depends_on"] as string[])).toContain(releaseOf(seeds(), "cert-manager").address);
  });

  it("001.7 without cert-manager the controller keeps its own certificate", () => {
    const { certManager: _, ...controllers } = seedsFile.controllers ?? {};
    const stacks = synthStacks({ ...seedsFile, controllers });
    expect(releaseOf(stacks, "aws-load-balancer-controller").values).toMatchObject({
      enableCertManager: false,
      keepTLSSecret: true,
    });
  });

  it("001.8 the controller does not stand in the way of other charts' Services", () => {
    for (const name of environmentNames) {
      expect(releaseOf(stacksOf(name), "aws-load-balancer-controller").values).toMatchObject({
        enableServiceMutatorWebhook: false,
      });
    }
  });

  it("001.9 the Ingress the author never reached: public, to pods, with a health check", () => {
    const ingress = typedResource(seeds(), "kubernetes_ingress_v1", "predict-server");
    expect(metadataOf(ingress).annotations).toMatchObject({
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/healthcheck-path": "/health",
    });
    expect(metadataOf(ingress).annotations).not.toHaveProperty(["kubernetes.io/ingress.class"]);
    expect(JSON.stringify(ingress["spec"])).toContain('"ingress_class_name":"alb"');
    expect(JSON.stringify(ingress["spec"])).toContain('"service":{"name":"predict-server","port":{"number":5001}}');
  });

  it("001.10 without a certificate the ALB listens on HTTP 80 alone", () => {
    const { annotations } = metadataOf(typedResource(seeds(), "kubernetes_ingress_v1", "predict-server"));
    expect(annotations?.["alb.ingress.kubernetes.io/listen-ports"]).toBe('[{"HTTP":80}]');
    expect(annotations).not.toHaveProperty(["alb.ingress.kubernetes.io/ssl-redirect"]);
  });

  it("001.10 with a certificate it listens on HTTPS 443 and redirects to it", () => {
    const { annotations } = metadataOf(typedResource(stacksOf("prod"), "kubernetes_ingress_v1", "shop"));
    expect(annotations).toMatchObject({
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/certificate-arn":
        "${data.terraform_remote_state.identity.outputs.certificate_arns.web}",
    });
  });

  it("001.11 nodes and control plane share the security group that EKS makes, so 9443 is open between them", () => {
    for (const name of environmentNames) {
      const { cluster } = stacksOf(name);
      for (const template of resources(cluster, "aws_launch_template")) {
        expect(template).not.toHaveProperty("vpc_security_group_ids");
        expect(template).not.toHaveProperty("network_interfaces");
      }
      expect(helmReleases(stacksOf(name)).length).toBeGreaterThan(0);
    }
  });
});
