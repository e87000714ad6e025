import type { TargetGroupPolicy } from "../../../.gen/application-networking.k8s.aws/v1alpha1/target-group-policy";

export const targetGroupPolicy: TargetGroupPolicy = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "TargetGroupPolicy",
  metadata: { name: "svc-1", namespace: "mesh-test" },
  spec: {
    targetRef: { group: "", kind: "Service", name: "svc-1" },
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    healthCheck: { enabled: true, path: "/", port: 80, statusMatch: "200" },
  },
};
