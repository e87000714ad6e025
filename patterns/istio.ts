import { defineEnvironment } from "../platform/define-environment";

/** Istio by its own charts, in their order. */
export default defineEnvironment({
  name: "istio",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: { general: {} },
  },
  releases: {
    "istio-base": {
      chart: { repository: "https://istio-release.storage.googleapis.com/charts", name: "base", version: "1.27.1" },
      namespace: "istio-system",
      values: { defaultRevision: "default" },
    },
    istiod: {
      chart: { repository: "https://istio-release.storage.googleapis.com/charts", name: "istiod", version: "1.27.1" },
      namespace: "istio-system",
      after: ["releases.istio-base"],
    },
  },
});
