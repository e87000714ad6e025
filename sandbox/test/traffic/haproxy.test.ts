import type { Action, Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, it } from "vitest";
import { haproxyConfiguration } from "../../src/traffic/balancers/haproxy";
import type { BalancerState, BalancingState, TargetGroupState } from "../../src/traffic/balancers/state";

const files = {
  statisticsSocket: "/run/statistics.sock",
  addresses: () => ["10.0.0.10"],
  certificate: (arn: string) => (arn === "arn:known" ? "/certificates/known.pem" : undefined),
  targetAddress: (id: string) => (id === "i-1" ? "10.0.1.4" : id),
};

const forward: Action = { Type: "forward", TargetGroupArn: "arn:shop" };

const group = (name: string, change: Partial<TargetGroupState["group"]> = {}): TargetGroupState => ({
  group: {
    TargetGroupArn: `arn:${name}`,
    TargetGroupName: name,
    Port: 8080,
    Protocol: "HTTP",
    HealthCheckProtocol: "HTTP",
    HealthCheckPath: "/healthz",
    HealthCheckIntervalSeconds: 15,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 3,
    Matcher: { HttpCode: "200-399" },
    ...change,
  },
  attributes: {},
  targets: [{ Id: "10.0.1.20", Port: 8080 }],
});

const alb = (rules: readonly Rule[], listener: BalancerState["listeners"][number]["listener"] = {}): BalancerState => ({
  balancer: { LoadBalancerArn: "arn:alb", LoadBalancerName: "alb", Type: "application" },
  attributes: {},
  listeners: [{ listener: { Port: 80, Protocol: "HTTP", ...listener }, rules }],
});

const nlb = (listener: BalancerState["listeners"][number]["listener"]): BalancerState => ({
  balancer: { LoadBalancerArn: "arn:nlb", LoadBalancerName: "nlb", Type: "network" },
  attributes: {},
  listeners: [{ listener: { Port: 443, DefaultActions: [forward], ...listener }, rules: [] }],
});

const configured = (balancers: readonly BalancerState[], groups: BalancingState["groups"] = [group("shop")]) =>
  haproxyConfiguration({ balancers, groups }, files);

/** The lines of a section, without their indentation. */
const section = (text: string, name: string) =>
  (text.split("\n\n").find((part) => part.startsWith(`${name}\n`)) ?? "")
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== "");

describe("an application load balancer", () => {
  it("takes the first of its rules that matches, whatever that one does", () => {
    const { text } = configured([
      alb([
        { Conditions: [{ Field: "path-pattern", Values: ["/shop/*"] }], Actions: [forward] },
        {
          Conditions: [],
          Actions: [
            { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404", MessageBody: "nothing here" } },
          ],
        },
      ]),
    ]);
    const lines = section(text, "frontend alb:80");
    expect(lines).toContain('acl rule0_0 path -m reg "^/shop/.*\\$"');
    expect(lines).toContain("http-request set-var(txn.rule) int(0) if !{ var(txn.rule) -m found } rule0_0");
    expect(lines).toContain("http-request set-var(txn.rule) int(1) if !{ var(txn.rule) -m found }");
    expect(lines).toContain("use_backend alb:shop if { var(txn.rule) -m int 0 }");
    expect(lines).toContain(
      'http-request return status 404 content-type "text/plain" string "nothing here" if { var(txn.rule) -m int 1 }',
    );
  });

  it("matches a host whatever its case and port, and takes a dot for a dot", () => {
    const condition = { Field: "host-header", HostHeaderConfig: { Values: ["*.Example.com"] } };
    const lines = section(configured([alb([{ Conditions: [condition], Actions: [forward] }])]).text, "frontend alb:80");
    expect(lines).toContain('acl rule0_0 req.hdr(host),field(1,:),lower -m reg "^.*\\\\.example\\\\.com\\$"');
  });

  it("redirects with what the placeholders stand for", () => {
    const action: Action = {
      Type: "redirect",
      RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" },
    };
    const lines = section(configured([alb([{ Conditions: [], Actions: [action] }])]).text, "frontend alb:80");
    expect(lines).toContain(
      'http-request redirect location "https://%[req.hdr(host),field(1,:)]:443%[path]%[var(txn.query)]" code 301 if { var(txn.rule) -m int 0 }',
    );
  });

  it("shares requests among target groups by their weights", () => {
    const action: Action = {
      Type: "forward",
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: "arn:old", Weight: 3 },
          { TargetGroupArn: "arn:new", Weight: 1 },
          { TargetGroupArn: "arn:none", Weight: 0 },
        ],
      },
    };
    const groups = [group("old"), group("new"), group("none")];
    const lines = section(configured([alb([{ Conditions: [], Actions: [action] }])], groups).text, "frontend alb:80");
    expect(lines.filter((line) => line.startsWith("use_backend"))).toEqual([
      "use_backend alb:old if { var(txn.rule) -m int 0 } { rand(4) lt 3 }",
      "use_backend alb:new if { var(txn.rule) -m int 0 }",
    ]);
  });

  it("refuses where a rule asks for a sign-in that is not played, and says so", () => {
    const { text, gaps } = configured([
      alb([{ Conditions: [], Actions: [{ Type: "authenticate-oidc", Order: 1 }, forward] }]),
    ]);
    expect(section(text, "frontend alb:80")).toContain("http-request return status 561 if { var(txn.rule) -m int 0 }");
    expect(text).not.toContain("use_backend");
    expect(gaps).toEqual([expect.stringContaining("authenticate-oidc")]);
  });

  it("asks its targets for their health as the target group says", () => {
    const lines = section(configured([alb([{ Conditions: [], Actions: [forward] }])]).text, "backend alb:shop");
    expect(lines).toContain("http-check expect status 200-399");
    expect(lines.find((line) => line.startsWith("http-check send"))).toContain('uri "/healthz"');
    expect(lines.find((line) => line.startsWith("server"))).toMatch(
      /^server 10\.0\.1\.20:8080 10\.0\.1\.20:8080 check inter 15s .*rise 2 fall 3 source 10\.0\.0\.10/,
    );
  });

  it("keeps what a message holds from being read as configuration", () => {
    const action: Action = {
      Type: "fixed-response",
      FixedResponseConfig: { StatusCode: "200", MessageBody: 'say "$HOME"\nand go' },
    };
    const { text } = configured([alb([{ Conditions: [], Actions: [action] }])]);
    expect(text).toContain('string "say \\"\\$HOME\\"\\nand go"');
  });
});

describe("a network load balancer", () => {
  it("passes connections on without looking into them", () => {
    const { text } = configured(
      [nlb({ Protocol: "TCP" })],
      [group("shop", { Protocol: "TCP", HealthCheckProtocol: "TCP" })],
    );
    expect(section(text, "frontend nlb:443")).toEqual(["mode tcp", "bind 10.0.0.10:443", "default_backend nlb:shop"]);
    expect(section(text, "backend nlb:shop")).not.toContain("option httpchk");
  });

  it("ends TLS with the certificate of its listener", () => {
    const { text } = configured([nlb({ Protocol: "TLS", Certificates: [{ CertificateArn: "arn:known" }] })]);
    expect(section(text, "frontend nlb:443")).toContain("bind 10.0.0.10:443 ssl crt /certificates/known.pem");
  });

  it("does not listen without a certificate that is there, and says so", () => {
    const { text, gaps } = configured([
      nlb({ Protocol: "TLS", ListenerArn: "arn:listener", Certificates: [{ CertificateArn: "arn:unknown" }] }),
    ]);
    expect(text).not.toContain("frontend");
    expect(gaps).toEqual([expect.stringContaining("arn:listener")]);
  });

  it("finds an instance at the address of its node", () => {
    const instances = { ...group("shop", { Protocol: "TCP" }), targets: [{ Id: "i-1", Port: 30080 }] };
    const { text } = configured([nlb({ Protocol: "TCP" })], [instances]);
    expect(section(text, "backend nlb:shop").at(-1)).toMatch(/^server i-1:30080 10\.0\.1\.4:30080 /);
  });
});
