import { type Block, placeOf } from "../terraform-json/environment-json";
import { at, listAt, mapAt, numberAt, textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { type Backend, refusal, toService } from "./backend";
import type { Landscape } from "./landscape";
import type { Finding, Hop, Passage } from "./way";

type End = Pick<Backend, "hops" | "findings" | "workload">;

/** From a load balancer of the environment's own to pods: listener, target group and binding. */
export function throughBalancer(
  landscape: Landscape,
  listener: Block,
  linkGroups: readonly string[],
  path: string,
): End {
  const port = numberAt(listener.arguments, "port") ?? 0;
  const balancer = landscape.follow(listener, listener.arguments["load_balancer_arn"]);
  const group = landscape.follow(listener, at(listener.arguments, "default_action", "target_group_arn"));
  const subnets =
    balancer === undefined
      ? []
      : landscape.network.forSubnets(
          landscape.references.of(balancer.stack, balancer.arguments["subnets"]).map(({ block }) => block),
          false,
        );
  const into = balancer === undefined ? [] : intoBalancer(landscape, balancer, linkGroups, port);
  const hops: Hop[] = [
    ...(balancer === undefined
      ? []
      : [
          {
            stop: "load-balancer",
            says: `${textAt(balancer.arguments, "internal") === "true" ? "internal" : "internet-facing"} NLB ${textAt(balancer.arguments, "name") ?? ""}`,
            place: placeOf(balancer),
            passages: subnets,
          } as const,
        ]),
    { stop: "listener", says: `${port} without TLS, within the VPC`, place: placeOf(listener), passages: into },
  ];
  const name = `listener ${port} of ${textAt(balancer?.arguments, "name") ?? "the load balancer"}`;
  const findings: Finding[] = into.filter(({ lets }) => !lets).map((passage) => refusal(passage, name));
  const binding = group === undefined ? undefined : bindingOf(landscape, group);
  if (group === undefined || binding === undefined) {
    findings.push({
      hole: "no-targets",
      says: `The ${name} has ${group === undefined ? "no target group" : "a target group that no TargetGroupBinding fills"}.`,
      place: placeOf(group ?? listener),
    });
    return { hops, findings, workload: undefined };
  }
  hops.push({
    stop: "target-group",
    says: `pods by address, port ${textAt(group.arguments, "port")}`,
    place: placeOf(group),
    passages: [],
  });
  const service = {
    namespace: binding.namespace,
    name: textAt(binding.spec, "serviceRef", "name") ?? "",
    port: textAt(binding.spec, "serviceRef", "port"),
  };
  const caller = {
    kind: "network",
    cidrs: landscape.balancerCidrs(false),
    says: "subnet of the load balancer",
  } as const;
  const backend = toService(landscape, service, caller, (podPort) =>
    balancer === undefined || podPort === undefined ? [] : intoPods(landscape, balancer, binding, podPort),
  );
  const end = throughReverseProxy(landscape, backend, path);
  return { hops: [...hops, ...end.hops], findings: [...findings, ...end.findings], workload: end.workload };
}

/** The group of a load balancer, from the group of the VPC link. */
function intoBalancer(
  landscape: Landscape,
  balancer: Block,
  linkGroups: readonly string[],
  port: number,
): readonly Passage[] {
  const groups = landscape.references.identities(balancer.stack, balancer.arguments["security_groups"]);
  if (groups.length === 0) {
    return [{ kind: "security-group", lets: true, says: "the load balancer has no security group" }];
  }
  if (textAt(balancer.arguments, "enforce_security_group_inbound_rules_on_private_link_traffic") === "off") {
    return [
      {
        kind: "security-group",
        lets: true,
        place: placeOf(balancer),
        says: "the VPC link passes the load balancer's group, and nothing else does",
      },
    ];
  }
  for (const group of groups) {
    for (const peer of [...linkGroups.map((link) => ({ group: link })), { cidr: landscape.network.vpcCidr ?? "" }]) {
      const rule = landscape.groups.permits(group, "ingress", port, peer);
      if (rule === undefined) continue;
      const leaving = leaves(landscape, linkGroups, port, group);
      return [
        { kind: "security-group", lets: true, place: placeOf(rule.block), says: `lets the VPC link in on ${port}` },
        ...leaving,
      ];
    }
  }
  return [
    { kind: "security-group", lets: false, says: `${groups.join(", ")} lets the VPC link in on no port ${port}` },
  ];
}

function leaves(
  landscape: Landscape,
  linkGroups: readonly string[],
  port: number,
  balancerGroup: string,
): readonly Passage[] {
  return linkGroups.map((link) => {
    const rule =
      landscape.groups.permits(link, "egress", port, { group: balancerGroup }) ??
      landscape.groups.permits(link, "egress", port, { cidr: landscape.network.vpcCidr ?? "10.0.0.0/8" }) ??
      vpcWide(landscape, link, port);
    return rule === undefined
      ? { kind: "security-group", lets: false, says: `${link}, of the VPC link, lets nothing out on ${port}` }
      : { kind: "security-group", lets: true, place: placeOf(rule.block), says: `lets the VPC link out on ${port}` };
  });
}

/** An egress rule whose network is the VPC's, where that is known only to Terraform. */
function vpcWide(landscape: Landscape, group: string, port: number) {
  return landscape.groups.rules.find(
    (rule) =>
      rule.group === group &&
      rule.direction === "egress" &&
      rule.from <= port &&
      port <= rule.to &&
      rule.cidrs.some((cidr) => cidr.includes("vpc_cidr") || cidr.includes("cidr_block")),
  );
}

function bindingOf(landscape: Landscape, group: Block): KubernetesObject | undefined {
  const place = placeOf(group);
  return landscape
    .ofKind("TargetGroupBinding")
    .find((binding) =>
      landscape.references
        .of(binding.block.stack, textAt(binding.spec, "targetGroupARN") ?? "")
        .some(({ block }) => placeOf(block) === place),
    );
}

/** Out of the load balancer's group and into that of the pods, which the binding has the controller open. */
function intoPods(landscape: Landscape, balancer: Block, binding: KubernetesObject, port: number): readonly Passage[] {
  const groups = landscape.references.identities(balancer.stack, balancer.arguments["security_groups"]);
  const out = groups.map((group): Passage => {
    const rule =
      landscape.groups.permits(group, "egress", port, { cidr: landscape.network.vpcCidr ?? "10.0.0.0/8" }) ??
      vpcWide(landscape, group, port);
    return rule === undefined
      ? { kind: "security-group", lets: false, says: `${group} lets nothing out to pods on ${port}` }
      : {
          kind: "security-group",
          lets: true,
          place: placeOf(rule.block),
          says: `lets the load balancer out to pods on ${port}`,
        };
  });
  const opened = listAt(binding.spec, "networking", "ingress").some(
    (rule) =>
      listAt(rule, "from").some((from) => {
        const id = textAt(from, "securityGroup", "groupID");
        const cidr = textAt(from, "ipBlock", "cidr");
        return (
          (id !== undefined && groups.includes(landscape.references.identity(binding.block.stack, id))) ||
          cidr !== undefined
        );
      }) && listAt(rule, "ports").some((one) => numberAt(one, "port") === undefined || numberAt(one, "port") === port),
  );
  const binds = placeOf(binding.block);
  return [
    ...out,
    opened
      ? {
          kind: "security-group",
          lets: true,
          place: binds,
          says: `the binding opens the pods' group for the load balancer on ${port}`,
        }
      : {
          kind: "security-group",
          lets: false,
          place: binds,
          says: `TargetGroupBinding ${binding.namespace}/${binding.name} opens the pods' group for the load balancer on no port ${port}`,
        },
  ];
}

/** An nginx of the project's own that stands before several workloads, followed by its configuration. */
function throughReverseProxy(landscape: Landscape, backend: Backend, path: string): End {
  const { pods } = backend;
  const configuration = pods === undefined ? undefined : landscape.object("ConfigMap", pods.namespace, pods.name);
  const text = mapAt(configuration?.spec, "data")["nginx.conf"];
  if (pods === undefined || text === undefined) return backend;
  const locations = [
    ...text.matchAll(/location\s+(?:=\s+)?(\S+)\s*\{[^}]*?proxy_pass\s+https?:\/\/([\w.-]+):(\d+)/g),
  ].map(([, location = "", host = "", port = ""]) => ({ location, host, port }));
  const [found] = locations
    .filter(({ location }) => path === location || path.startsWith(`${location.replace(/\/$/, "")}/`))
    .sort((one, other) => other.location.length - one.location.length);
  const proxy: Hop = {
    stop: "proxy",
    says: `nginx ${pods.namespace}/${pods.name}${found === undefined ? "" : `, location ${found.location}`}`,
    ...(configuration === undefined ? {} : { place: placeOf(configuration.block) }),
    passages: [],
  };
  if (found === undefined)
    return { ...backend, hops: [...backend.hops, { ...proxy, says: `${proxy.says}: answers itself` }] };
  const [name = "", namespace = pods.namespace] = found.host.split(".");
  const behind = toService(
    landscape,
    { namespace, name, port: found.port },
    {
      kind: "pods",
      namespace: pods.namespace,
      labels: mapAt(pods.spec, "template", "metadata", "labels"),
      says: "pod of the reverse proxy",
    },
  );
  return {
    hops: [...backend.hops, proxy, ...behind.hops],
    findings: [...backend.findings, ...behind.findings],
    workload: behind.workload,
  };
}
