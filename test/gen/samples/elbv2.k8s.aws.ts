import type { TargetGroupBinding } from "../../../.gen/elbv2.k8s.aws/v1beta1/target-group-binding";

export const targetGroupBinding: TargetGroupBinding = {
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  metadata: { name: "books", namespace: "default" },
  spec: {
    serviceRef: { name: "books", port: "http" },
    targetGroupARN: "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/books/0123456789abcdef",
    targetType: "ip",
    networking: {
      ingress: [
        { from: [{ securityGroup: { groupID: "sg-0123456789abcdef0" } }], ports: [{ protocol: "TCP", port: 8080 }] },
      ],
    },
  },
};
