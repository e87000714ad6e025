import { EKSClient, ListAddonsCommand, ResourceNotFoundException } from "@aws-sdk/client-eks";
import { sdkOptions } from "../../aws/sdk";
import type { KubernetesApi } from "../../kubernetes/kubernetes-api";
import type { Manifest } from "../../kubernetes/kubernetes-object";
import { type Repetition, repeatedly } from "../../repeatedly";
import { clusterDns } from "../addresses";

export interface ClusterDnsProps {
  readonly api: KubernetesApi;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly clusterName: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the cluster's add-ons. */
const interval = 2000;

/** What the add-on's pods run; nodes pull it as any other image. */
export const clusterDnsImage = "602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/coredns:v1.15.0";

const namespace = "kube-system";
const labels = { "k8s-app": "kube-dns" };

/** Objects of the CoreDNS add-on, as EKS has them: two pods that answer for Services, and ask the VPC's resolver the rest. */
export function clusterDnsManifests(): readonly Manifest[] {
  const metadata = { name: "coredns", namespace };
  const clusterWide = { name: "system:coredns" };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: clusterWide,
      rules: [
        { apiGroups: [""], resources: ["endpoints", "services", "pods", "namespaces"], verbs: ["list", "watch"] },
        { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: clusterWide,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterWide.name },
      subjects: [{ kind: "ServiceAccount", ...metadata }],
    },
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { Corefile: corefile } },
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { ...metadata, labels }, spec: deployment },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "kube-dns", namespace, labels },
      spec: {
        clusterIP: clusterDns,
        selector: labels,
        ports: [
          { name: "dns", port: 53, protocol: "UDP" },
          { name: "dns-tcp", port: 53, protocol: "TCP" },
        ],
      },
    },
  ];
}

const corefile = `.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    forward . /etc/resolv.conf
    cache 5
    loadbalance
}
`;

const deployment = {
  replicas: 2,
  selector: { matchLabels: labels },
  template: {
    metadata: { labels },
    spec: {
      serviceAccountName: "coredns",
      priorityClassName: "system-cluster-critical",
      // The node's own resolver: it cannot ask itself.
      dnsPolicy: "Default",
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          name: "coredns",
          image: clusterDnsImage,
          args: ["-conf", "/etc/coredns/Corefile"],
          ports: [
            { name: "dns", containerPort: 53, protocol: "UDP" },
            { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
          ],
          readinessProbe: { httpGet: { path: "/ready", port: 8181 }, periodSeconds: 2 },
          resources: { requests: { cpu: "100m", memory: "70Mi" }, limits: { memory: "170Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
          volumeMounts: [{ name: "config", mountPath: "/etc/coredns", readOnly: true }],
        },
      ],
      volumes: [{ name: "config", configMap: { name: "coredns" } }],
    },
  },
};

/** Makes the objects of the CoreDNS add-on once the cluster has that add-on: where pods run, they ask it. */
export function installClusterDns(props: ClusterDnsProps): Repetition {
  const eks = new EKSClient(sdkOptions(props.awsEndpoint, props.region));
  let isInstalled = false;
  return repeatedly(
    interval,
    async () => {
      if (!isInstalled && (await hasAddon(eks, props.clusterName))) {
        for (const manifest of clusterDnsManifests()) {
          await props.api.apply(manifest);
        }
        isInstalled = true;
      }
    },
    props.onError,
  );
}

async function hasAddon(eks: EKSClient, clusterName: string): Promise<boolean> {
  const listed = await eks.send(new ListAddonsCommand({ clusterName })).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) {
      return { addons: [] };
    }
    throw error;
  });
  const addons: readonly string[] = listed.addons ?? [];
  return addons.includes("coredns");
}
