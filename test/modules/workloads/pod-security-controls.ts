import type { PodSpec } from "./synth-workload";

/**
 * The controls of the Pod Security Standards as predicates over a pod, by the names that kubernetes.io gives them
 * ("Pod Security Standards", Kubernetes 1.35). Windows aside, for the pods have no operating system of that kind.
 */
export interface Control {
  readonly standard: "baseline" | "restricted";
  readonly name: string;
  readonly holds: (pod: PodSpec) => boolean;
}

const safeSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
];

const baselineCapabilities = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

const restrictedVolumes = [
  "config_map",
  "csi",
  "downward_api",
  "empty_dir",
  "ephemeral",
  "persistent_volume_claim",
  "projected",
  "secret",
];

function volumeTypes(pod: PodSpec): readonly string[] {
  return pod.volume.flatMap((volume) => Object.keys(volume).filter((key) => key !== "name"));
}

export const controls: readonly Control[] = [
  {
    standard: "baseline",
    name: "Host Namespaces",
    holds: (pod) => [pod.host_network, pod.host_pid, pod.host_ipc].every((host) => host !== true),
  },
  {
    standard: "baseline",
    name: "Privileged Containers",
    holds: (pod) => pod.container.every(({ security_context }) => security_context.privileged !== true),
  },
  {
    standard: "baseline",
    name: "Capabilities",
    holds: (pod) =>
      pod.container.every(({ security_context }) =>
        (security_context.capabilities?.add ?? []).every((capability) => baselineCapabilities.includes(capability)),
      ),
  },
  { standard: "baseline", name: "HostPath Volumes", holds: (pod) => !volumeTypes(pod).includes("host_path") },
  {
    standard: "baseline",
    name: "Host Ports",
    holds: (pod) => pod.container.every(({ port }) => port.every(({ host_port }) => host_port === undefined)),
  },
  {
    standard: "baseline",
    name: "SELinux",
    holds: (pod) =>
      [pod.security_context, ...pod.container.map(({ security_context }) => security_context)].every(
        (context) => context?.se_linux_options === undefined,
      ),
  },
  {
    standard: "baseline",
    name: "Seccomp",
    holds: (pod) =>
      [pod.security_context, ...pod.container.map(({ security_context }) => security_context)].every(
        (context) => context?.seccomp_profile?.type !== "Unconfined",
      ),
  },
  {
    standard: "baseline",
    name: "Sysctls",
    holds: (pod) => (pod.security_context?.sysctl ?? []).every(({ name }) => safeSysctls.includes(name)),
  },
  {
    standard: "restricted",
    name: "Volume Types",
    holds: (pod) => volumeTypes(pod).every((type) => restrictedVolumes.includes(type)),
  },
  {
    standard: "restricted",
    name: "Privilege Escalation",
    holds: (pod) =>
      pod.container.every(({ security_context }) => security_context.allow_privilege_escalation === false),
  },
  {
    standard: "restricted",
    name: "Running as Non-root",
    // The pod's word is not enough: Terraform's provider sends false for a container that says nothing.
    holds: (pod) => pod.container.every(({ security_context }) => security_context.run_as_non_root === true),
  },
  {
    standard: "restricted",
    name: "Running as Non-root user",
    holds: (pod) =>
      [pod.security_context, ...pod.container.map(({ security_context }) => security_context)].every(
        (context) => context?.run_as_user !== "0",
      ),
  },
  {
    standard: "restricted",
    name: "Seccomp",
    holds: (pod) =>
      pod.container.every(({ security_context }) =>
        ["RuntimeDefault", "Localhost"].includes(
          (security_context.seccomp_profile ?? pod.security_context?.seccomp_profile)?.type ?? "",
        ),
      ),
  },
  {
    standard: "restricted",
    name: "Capabilities",
    holds: (pod) =>
      pod.container.every(
        ({ security_context: { capabilities } }) =>
          capabilities?.drop.includes("ALL") === true &&
          capabilities.add.every((capability) => capability === "NET_BIND_SERVICE"),
      ),
  },
];

/** Controls that a pod breaks, as `<standard>: <name>`. */
export function broken(pod: PodSpec): readonly string[] {
  return controls.filter(({ holds }) => !holds(pod)).map(({ standard, name }) => `${standard}: ${name}`);
}
