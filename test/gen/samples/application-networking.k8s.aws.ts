import type { AccessLogPolicy } from "../../../.gen/application-networking.k8s.aws/v1alpha1/access-log-policy";
import type { IAMAuthPolicy } from "../../../.gen/application-networking.k8s.aws/v1alpha1/iam-auth-policy";
import type { ServiceExport } from "../../../.gen/application-networking.k8s.aws/v1alpha1/service-export";
import type { ServiceImport } from "../../../.gen/application-networking.k8s.aws/v1alpha1/service-import";
import type { ServiceNetwork } from "../../../.gen/application-networking.k8s.aws/v1alpha1/service-network";
import type { TargetGroupPolicy } from "../../../.gen/application-networking.k8s.aws/v1alpha1/target-group-policy";
import type { VpcAssociationPolicy } from "../../../.gen/application-networking.k8s.aws/v1alpha1/vpc-association-policy";

export const accessLogPolicy: AccessLogPolicy = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "AccessLogPolicy",
  metadata: { name: "mesh-1", namespace: "mesh-test" },
  spec: {
    destinationArn: "arn:aws:logs:eu-central-1:000000000000:log-group:mesh-1:*",
    targetRef: { group: "gateway.networking.k8s.io", kind: "Gateway", name: "mesh-1" },
  },
};

export const iamAuthPolicy: IAMAuthPolicy = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "IAMAuthPolicy",
  metadata: { name: "svc-v", namespace: "mesh-test" },
  spec: {
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    targetRef: { group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "svc-v" },
  },
};

export const serviceExport: ServiceExport = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "ServiceExport",
  metadata: { name: "svc-1", namespace: "mesh-test" },
  spec: { exportedPorts: [{ port: 80, routeType: "HTTP" }] },
};

export const serviceImport: ServiceImport = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "ServiceImport",
  metadata: { name: "svc-2", namespace: "mesh-test" },
  spec: { type: "ClusterSetIP", ports: [{ port: 80, protocol: "TCP" }] },
};

export const serviceNetwork: ServiceNetwork = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "ServiceNetwork",
  metadata: { name: "mesh-1" },
  spec: {},
};

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

export const vpcAssociationPolicy: VpcAssociationPolicy = {
  apiVersion: "application-networking.k8s.aws/v1alpha1",
  kind: "VpcAssociationPolicy",
  metadata: { name: "mesh-1", namespace: "mesh-test" },
  spec: {
    associateWithVpc: true,
    securityGroupIds: ["sg-0123456789abcdef0"],
    targetRef: { group: "gateway.networking.k8s.io", kind: "Gateway", name: "mesh-1" },
  },
};
