import { cniFolder } from "../requirements";

export interface NodeConfiguration {
  readonly name: string;
  readonly address: string;
  readonly podCidr: string;
  readonly providerId: string;
  /** The node's folder; see `node.sh`. */
  readonly folder: string;
  /** Parent of the control groups of its pods. */
  readonly cgroup: string;
  /** Address of the registry that answers for every other one. */
  readonly registry: string;
  /** Address of the VPC's resolver, and of the cluster's. */
  readonly resolver: string;
  readonly clusterDns: string;
  readonly kubeconfig: string;
  readonly caCertificate: string;
}

/** Image of the container that holds a pod's namespaces. */
export const pauseImage = "registry.k8s.io/pause:3.10";

const runtimeSocket = "unix:///run/containerd/containerd.sock";

/** The files of a node's folder, by their paths in it. */
export function nodeFiles(node: NodeConfiguration): Readonly<Record<string, string>> {
  return {
    "containerd.toml": containerd(node),
    "certs.d/_default/hosts.toml": registryHost(node),
    "cni/10-vpc.conflist": json(network(node)),
    "kubelet.json": json(kubelet(node)),
    "kubelet.flags": `${kubeletFlags(node).join(" ")}\n`,
    "kube-proxy.json": json(kubeProxy(node)),
    "resolv.conf": `nameserver ${node.resolver}\n`,
    kubeconfig: node.kubeconfig,
    "ca.crt": node.caCertificate,
  };
}

function containerd({ folder }: NodeConfiguration): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
  address = "/run/containerd/containerd.sock"

[${cri}]
  sandbox_image = "${pauseImage}"
  # Lowering the score is not permitted everywhere, and runc ends without saying so.
  restrict_oom_score_adj = true
  # As on EKS, a process needs no capability for ports below 1024.
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true

  [${cri}.cni]
    bin_dir = "${cniFolder}"
    conf_dir = "${folder}/cni"

  [${cri}.registry]
    config_path = "${folder}/certs.d"
`;
}

/** Every registry's images come from the sandbox's own, which is asked with \`?ns=\` for the one that is meant. */
function registryHost({ registry }: NodeConfiguration): string {
  return `server = "${registry}"\n\n[host."${registry}"]\n  capabilities = ["pull", "resolve"]\n`;
}

/** Pods have addresses of the VPC and are routed, as with the VPC CNI; nothing is translated on the way. */
function network({ podCidr }: NodeConfiguration) {
  const ipam = { type: "host-local", ranges: [[{ subnet: podCidr }]], routes: [{ dst: "0.0.0.0/0" }] };
  return {
    cniVersion: "1.0.0",
    name: "vpc",
    plugins: [
      { type: "ptp", ipMasq: false, ipam },
      { type: "portmap", capabilities: { portMappings: true }, snat: true },
    ],
  };
}

function kubelet({ folder, cgroup, clusterDns, providerId }: NodeConfiguration) {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    containerRuntimeEndpoint: runtimeSocket,
    providerID: providerId,
    cgroupDriver: "cgroupfs",
    cgroupRoot: cgroup,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    clusterDNS: [clusterDns],
    clusterDomain: "cluster.local",
    resolvConf: `${folder}/resolv.conf`,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${folder}/ca.crt` },
    },
    authorization: { mode: "Webhook" },
    oomScoreAdj: 0,
    // The disk is the machine's: how full it is says nothing about this node.
    localStorageCapacityIsolation: false,
    evictionHard: {
      "memory.available": "100Mi",
      "nodefs.available": "0%",
      "imagefs.available": "0%",
      "nodefs.inodesFree": "0%",
      "imagefs.inodesFree": "0%",
    },
    imageGCHighThresholdPercent: 100,
    nodeStatusUpdateFrequency: "5s",
    // Back-off as it is, but a person waits for the first answers.
    syncFrequency: "10s",
  };
}

function kubeletFlags({ folder, name, address }: NodeConfiguration): readonly string[] {
  return [
    `--config=${folder}/kubelet.json`,
    `--kubeconfig=${folder}/kubeconfig`,
    `--hostname-override=${name}`,
    `--node-ip=${address}`,
  ];
}

function kubeProxy({ folder, name }: NodeConfiguration) {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clientConnection: { kubeconfig: `${folder}/kubeconfig` },
    hostnameOverride: name,
    mode: "iptables",
    // These are settings of the whole machine.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    iptables: { minSyncPeriod: "0s" },
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
