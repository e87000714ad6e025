import { defineEnvironment } from "../modules/config/environment";

/** The published systems this project was built to carry, all at once. docs/seeds.md tells what was mended in each. */
export default defineEnvironment({
  name: "seeds",
  aws: { region: "us-west-2", accountId: "123456789012", tags: { Project: "seeds" } },
  network: { kind: "create", cidr: "10.20.0.0/16", zones: ["a", "b", "c"], nat: "single" },
  cluster: {
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/platform-operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: {
      general: { instanceTypes: ["m7i.large", "m6i.large"], size: { min: 3, desired: 3, max: 6 } },
    },
  },
  registry: { repositories: { "predict-server-image-eks": {} } },
  identity: { workloads: "irsa" },
  controllers: {
    certManager: {},
    awsLoadBalancerController: {},
    emissary: {
      replicas: 3,
      adminService: "NodePort",
      exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } },
      podAnnotations: { "sidecar.istio.io/inject": "false" },
    },
  },
  workloads: {
    "predict-server": {
      image: { repository: "predict-server-image-eks", tag: "1.0.0" },
      names: { deployment: "predict-pod", container: "predict-container" },
      labels: { app: "predict-pod" },
      replicas: 1,
      port: 5001,
      command: ["/bin/sh", "-c"],
      args: [
        "gunicorn app:app -k uvicorn.workers.UvicornWorker --bind 0.0.0.0:5001 --workers 1 --threads 1 --backlog 256",
      ],
      probes: { readiness: { kind: "http", path: "/health" } },
      temporaryDirectories: ["/tmp"],
      routes: [
        { kind: "ambassador", name: "api-mapping", prefix: "/health" },
        { kind: "alb", exposure: "internet-facing", healthCheckPath: "/health" },
      ],
    },
  },
});
