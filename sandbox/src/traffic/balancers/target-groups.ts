import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { BalancerFiles } from "./balancer-files";
import { quoted } from "./conditions";
import type { BalancerState, TargetGroupState } from "./state";

/** One a balancer and target group: each balancer asks its targets for their health from its own address. */
export function backendName(balancerName: string | undefined, { group }: TargetGroupState): string {
  return `${balancerName}:${group.TargetGroupName}`;
}

export function serverName(id: string, port: number): string {
  return `${id}:${port}`;
}

/** @param source address from which targets see the balancer */
export function backendLines(
  name: string,
  { balancer }: BalancerState,
  { group, attributes, targets }: TargetGroupState,
  source: string | undefined,
  files: BalancerFiles,
): readonly string[] {
  const isHttp = balancer.Type === "application";
  const encrypted = ["HTTPS", "TLS"].includes(group.Protocol ?? "");
  const options = [
    "check",
    ...checkOptions(group),
    ...(source === undefined ? [] : [`source ${source}`]),
    ...(encrypted ? ["ssl verify none"] : []),
    ...(group.ProtocolVersion === "HTTP2" || group.ProtocolVersion === "GRPC" ? ["proto h2"] : []),
    ...(attributes["proxy_protocol_v2.enabled"] === "true" ? ["send-proxy-v2"] : []),
  ].join(" ");
  const servers = targets.flatMap(({ Id = "", Port = group.Port ?? 0 }) => {
    const address = files.targetAddress(Id);
    return address === undefined
      ? []
      : [`server ${serverName(Id, Port)} ${address}:${Port} ${options}${cookie(attributes, Id)}`];
  });
  return [
    `backend ${name}`,
    ...[
      `mode ${isHttp ? "http" : "tcp"}`,
      `balance ${algorithm(isHttp, attributes)}`,
      ...stickiness(isHttp, attributes),
      ...checkLines(group),
      ...servers,
    ].map((line) => `  ${line}`),
  ];
}

function algorithm(isHttp: boolean, attributes: Readonly<Record<string, string>>): string {
  const asked = attributes["load_balancing.algorithm.type"];
  if (!isHttp) {
    return attributes["stickiness.enabled"] === "true" ? "source" : "roundrobin";
  }
  return asked === "least_outstanding_requests" ? "leastconn" : asked === "weighted_random" ? "random" : "roundrobin";
}

function stickiness(isHttp: boolean, attributes: Readonly<Record<string, string>>): readonly string[] {
  return isHttp && attributes["stickiness.enabled"] === "true"
    ? ["cookie AWSALB insert indirect nocache httponly"]
    : [];
}

function cookie(attributes: Readonly<Record<string, string>>, id: string): string {
  return attributes["stickiness.enabled"] === "true" ? ` cookie ${id}` : "";
}

function checkOptions(group: TargetGroup): readonly string[] {
  const {
    HealthCheckPort,
    HealthCheckIntervalSeconds = 30,
    HealthyThresholdCount = 5,
    UnhealthyThresholdCount = 2,
  } = group;
  return [
    `inter ${HealthCheckIntervalSeconds}s`,
    // A target that is new is asked at once, and one that does not answer soon again.
    "fastinter 1s",
    "downinter 2s",
    `rise ${HealthyThresholdCount}`,
    `fall ${UnhealthyThresholdCount}`,
    ...(HealthCheckPort === undefined || HealthCheckPort === "traffic-port" ? [] : [`port ${HealthCheckPort}`]),
    ...(group.HealthCheckProtocol === "HTTPS" ? ["check-ssl verify none"] : []),
  ];
}

function checkLines(group: TargetGroup): readonly string[] {
  const { HealthCheckProtocol = "TCP", HealthCheckPath = "/", HealthCheckTimeoutSeconds = 5, Matcher } = group;
  const timeout = `timeout check ${HealthCheckTimeoutSeconds}s`;
  if (!HealthCheckProtocol.startsWith("HTTP")) {
    return [timeout];
  }
  return [
    timeout,
    "option httpchk",
    `http-check send meth GET uri ${quoted(HealthCheckPath)} ver HTTP/1.1 hdr Host health-check hdr User-Agent ELB-HealthChecker/2.0`,
    `http-check expect status ${Matcher?.HttpCode ?? "200"}`,
  ];
}
