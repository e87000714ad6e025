import { answer, type Destination, destinations, lastAction, unplayed } from "./actions";
import type { BalancerFiles } from "./balancer-files";
import { alternatives } from "./conditions";
import type { BalancerState, BalancingState, ListenerState, TargetGroupState } from "./state";
import { backendLines, backendName } from "./target-groups";

export interface HaproxyConfiguration {
  readonly text: string;
  /** What of the state is not forwarded, and why. */
  readonly gaps: readonly string[];
}

/** HAProxy's configuration for every load balancer: what forwards, by what AWS was told. */
export function haproxyConfiguration(state: BalancingState, files: BalancerFiles): HaproxyConfiguration {
  const gaps: string[] = [];
  const frontends: string[] = [];
  const backends = new Map<string, string>();
  for (const balancer of state.balancers) {
    for (const listener of balancer.listeners) {
      const used = new Map<string, TargetGroupState>();
      const lines =
        balancer.balancer.Type === "application"
          ? applicationLines(balancer, listener, state.groups, files, used, gaps)
          : networkLines(balancer, listener, state.groups, files, used, gaps);
      if (lines !== undefined) {
        frontends.push(
          [`frontend ${listenerName(balancer, listener)}`, ...lines.map((line) => `  ${line}`)].join("\n"),
        );
      }
      for (const group of used.values()) {
        const [source] = files.addresses(balancer.balancer.LoadBalancerArn ?? "");
        const name = backendName(balancer.balancer.LoadBalancerName, group);
        backends.set(name, backendLines(name, balancer, group, source, files).join("\n"));
      }
    }
  }
  return { text: `${[preamble(files), ...frontends, ...backends.values()].join("\n\n")}\n`, gaps: [...new Set(gaps)] };
}

function preamble({ statisticsSocket }: BalancerFiles): string {
  return `global
  stats socket ${statisticsSocket} mode 600 level admin
  # Connections of a target that was taken out are let go after the longest deregistration delay that is usual.
  hard-stop-after 300s
  ssl-default-bind-options ssl-min-ver TLSv1.2
  tune.ssl.default-dh-param 2048

defaults
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout http-request 60s
  timeout tunnel 1h
  # As AWS: a target that does not take the connection is no reason to try another.
  retries 0`;
}

const listenerName = ({ balancer }: BalancerState, { listener }: ListenerState) =>
  `${balancer.LoadBalancerName}:${listener.Port}`;

/** Lines that listen; undefined where the listener cannot be played. */
function bindLines(
  balancer: BalancerState,
  { listener }: ListenerState,
  files: BalancerFiles,
  gaps: string[],
): readonly string[] | undefined {
  const { Protocol = "", Port = 0, Certificates = [], ListenerArn = "" } = listener;
  const addresses = files.addresses(balancer.balancer.LoadBalancerArn ?? "");
  const encrypted = ["TLS", "HTTPS"].includes(Protocol);
  const found = Certificates.map(({ CertificateArn = "" }) => files.certificate(CertificateArn));
  const pem = found.flatMap((file) => file ?? []);
  if (encrypted && pem.length === 0) {
    gaps.push(`listener ${ListenerArn}: its certificate is not one of ACM's here, so nothing listens`);
    return undefined;
  }
  const alpn = Protocol === "HTTPS" ? " alpn h2,http/1.1" : "";
  const tls = encrypted ? ` ssl ${pem.map((file) => `crt ${file}`).join(" ")}${alpn}` : "";
  return addresses.map((address) => `bind ${address}:${Port}${tls}`);
}

function networkLines(
  balancer: BalancerState,
  listener: ListenerState,
  groups: readonly TargetGroupState[],
  files: BalancerFiles,
  used: Map<string, TargetGroupState>,
  gaps: string[],
): readonly string[] | undefined {
  const { Protocol = "", ListenerArn = "", DefaultActions = [] } = listener.listener;
  if (!["TCP", "TLS"].includes(Protocol)) {
    gaps.push(`listener ${ListenerArn}: ${Protocol} is not forwarded`);
    return undefined;
  }
  const bind = bindLines(balancer, listener, files, gaps);
  const forward = forwardLines("", destinations(lastAction(DefaultActions)), balancer, groups, used);
  return bind === undefined ? undefined : ["mode tcp", ...bind, ...forward];
}

function applicationLines(
  balancer: BalancerState,
  listener: ListenerState,
  groups: readonly TargetGroupState[],
  files: BalancerFiles,
  used: Map<string, TargetGroupState>,
  gaps: string[],
): readonly string[] | undefined {
  const bind = bindLines(balancer, listener, files, gaps);
  if (bind === undefined) {
    return undefined;
  }
  const { Protocol = "HTTP", Port = 80 } = listener.listener;
  const scheme = Protocol.toLowerCase();
  const idle = balancer.attributes["idle_timeout.timeout_seconds"] ?? "60";
  const choices: string[] = [];
  const results: string[] = [];
  listener.rules.forEach(({ Conditions = [], Actions = [] }, index) => {
    const names = Conditions.map((condition, place) => {
      const name = `rule${index}_${place}`;
      choices.push(...alternatives(condition).map((expression) => `acl ${name} ${expression}`));
      return name;
    });
    choices.push(
      `http-request set-var(txn.rule) int(${index}) if !{ var(txn.rule) -m found }${names.map((name) => ` ${name}`).join("")}`,
    );
    const chosen = `{ var(txn.rule) -m int ${index} }`;
    const missing = unplayed(Actions);
    if (missing.length > 0) {
      gaps.push(
        `rule ${index} of ${listenerName(balancer, listener)}: ${missing.join(", ")} is not played, so it refuses`,
      );
      results.push(`http-request return status 561 if ${chosen}`);
      return;
    }
    const action = lastAction(Actions);
    const to = destinations(action);
    results.push(
      ...(to.length === 0
        ? [`http-request ${answer(action)} if ${chosen}`]
        : forwardLines(chosen, to, balancer, groups, used)),
    );
  });
  return [
    "mode http",
    ...bind,
    `timeout client ${idle}s`,
    `timeout http-keep-alive ${idle}s`,
    `http-request set-var(txn.scheme) str(${scheme})`,
    `http-request set-var-fmt(txn.query) ?%[query] if { query -m len gt 0 }`,
    "option forwardfor",
    `http-request set-header X-Forwarded-Proto ${scheme}`,
    `http-request set-header X-Forwarded-Port ${Port}`,
    "http-request set-header X-Amzn-Trace-Id Root=%[uuid()] unless { req.hdr(X-Amzn-Trace-Id) -m found }",
    ...choices,
    // HAProxy warns of a rule for a backend before one that answers.
    ...results.filter((line) => line.startsWith("http-request")),
    ...results.filter((line) => !line.startsWith("http-request")),
  ];
}

/** A rule that forwards to several groups chooses one by chance, by their weights. */
function forwardLines(
  chosen: string,
  to: readonly Destination[],
  { balancer }: BalancerState,
  groups: readonly TargetGroupState[],
  used: Map<string, TargetGroupState>,
): readonly string[] {
  const found = to.flatMap(({ targetGroupArn, weight }) => {
    const group = groups.find(({ group: { TargetGroupArn } }) => TargetGroupArn === targetGroupArn);
    return group === undefined || weight === 0 ? [] : [{ group, weight }];
  });
  const total = found.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  return found.map(({ group, weight }, index) => {
    used.set(group.group.TargetGroupArn ?? "", group);
    const name = backendName(balancer.LoadBalancerName, group);
    below += weight;
    const isLast = index === found.length - 1;
    // What the earlier ones left: so that the shares come out right although each draws anew.
    const share = isLast ? "" : `{ rand(${total - below + weight}) lt ${weight} }`;
    const condition = [chosen, share].filter((part) => part !== "").join(" ");
    return condition === "" ? `default_backend ${name}` : `use_backend ${name} if ${condition}`;
  });
}
