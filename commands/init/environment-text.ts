import { networkOf } from "../../modules/schema/primitives";
import type { EnvironmentInput } from "../../platform/environment-input";
import type { Answers } from "./fields";

/** What somebody begins with: small, cheap, and with something to look at. */
export function newEnvironment({ name, region, account, admin, network }: Answers): EnvironmentInput {
  return {
    name,
    aws: { region, accountId: account },
    network: { kind: "create", zones: ["a", "b"], nat: "single" },
    cluster: {
      endpoint: { kind: "public-and-private", cidrs: [networkOf(network) ?? network] },
      access: {
        administrators: { principalArn: admin, policies: [{ policy: "cluster-admin" }] },
      },
      nodeGroups: { general: { size: { min: 2, desired: 2, max: 3 } } },
    },
    controllers: { certManager: {}, awsLoadBalancerController: {} },
    workloads: {
      hello: {
        namespace: "hello",
        image: { name: "nginxinc/nginx-unprivileged", tag: "1.28.0" },
        port: 8080,
        temporaryDirectories: ["/tmp"],
        probes: { readiness: { kind: "http", path: "/" } },
        routes: [{ kind: "alb", exposure: "internal" }],
      },
    },
  };
}

/** Its file, as one would write it by hand. */
export function environmentText({ name, region, account, admin, network }: Answers): string {
  const text = (value: string) => JSON.stringify(value);
  return `import { defineEnvironment } from "../platform/define-environment";

/** Made by \`foundry init\`. \`npx foundry options\` says what else there is. */
export default defineEnvironment({
  name: ${text(name)},
  aws: { region: ${text(region)}, accountId: ${text(account)} },
  // One NAT gateway is cheap, and gone with its zone; \`per-zone\` is for production.
  network: { kind: "create", zones: ["a", "b"], nat: "single" },
  cluster: {
    // Who calls the cluster from elsewhere is let in here, and nobody else.
    endpoint: { kind: "public-and-private", cidrs: [${text(networkOf(network) ?? network)}] },
    access: {
      // Whoever applies: EKS lets in nobody who is not listed.
      administrators: {
        principalArn: ${text(admin)},
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: { general: { size: { min: 2, desired: 2, max: 3 } } },
  },
  controllers: { certManager: {}, awsLoadBalancerController: {} },
  workloads: {
    hello: {
      namespace: "hello",
      image: { name: "nginxinc/nginx-unprivileged", tag: "1.28.0" },
      port: 8080,
      temporaryDirectories: ["/tmp"],
      probes: { readiness: { kind: "http", path: "/" } },
      routes: [{ kind: "alb", exposure: "internal" }],
    },
  },
});
`;
}
