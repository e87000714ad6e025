import { describe, expect, it } from "vitest";
import type { BalancingState } from "../../src/traffic/balancers/state";
import { meets } from "../../src/traffic/try/curl";
import { balancerRequests } from "../../src/traffic/try/requests";

const state: BalancingState = {
  balancers: [
    {
      balancer: { DNSName: "Door-1.elb.amazonaws.com", SecurityGroups: ["sg-1"] },
      attributes: {},
      listeners: [
        {
          listener: { Protocol: "HTTPS", Port: 443 },
          rules: [
            {
              Priority: "1",
              Conditions: [
                { Field: "host-header", HostHeaderConfig: { Values: ["shop.example.com"] } },
                { Field: "path-pattern", PathPatternConfig: { Values: ["/shop/*", "/shop"] } },
              ],
              Actions: [{ Type: "forward", TargetGroupArn: "arn:shop" }],
            },
            { IsDefault: true, Actions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }] },
          ],
        },
        {
          listener: { Protocol: "HTTP", Port: 8080 },
          rules: [{ IsDefault: true, Actions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301" } }] }],
        },
      ],
    },
  ],
  groups: [],
};

const at = (hasRecord: boolean) => balancerRequests(state, "door-1.elb.amazonaws.com", () => hasRecord);

describe("requests at a door", () => {
  it("are one a rule, with what the rule asks for and what it promises", () => {
    expect(at(true).map(({ url, expected }) => [url, expected])).toEqual([
      ["https://shop.example.com/shop", { kind: "answer" }],
      ["https://Door-1.elb.amazonaws.com/no/such/path", { kind: "status", status: 404 }],
      ["https://Door-1.elb.amazonaws.com/no/such/path", { kind: "distrust" }],
      ["http://Door-1.elb.amazonaws.com:8080/no/such/path", { kind: "redirect" }],
      ["http://door-1.elb.amazonaws.com:8444/", { kind: "silence" }],
    ]);
  });

  it("are none for a rule behind one that takes everything", () => {
    const [balancer] = state.balancers;
    const everything = {
      Conditions: [{ Field: "path-pattern", Values: ["/*"] }],
      Actions: [{ Type: "forward" as const }],
    };
    const listeners = [{ listener: { Protocol: "HTTP" as const, Port: 80 }, rules: [everything, { IsDefault: true }] }];
    const only = { balancers: balancer === undefined ? [] : [{ ...balancer, listeners }], groups: [] };
    const asked = balancerRequests(only, "door-1.elb.amazonaws.com", () => true);
    expect(asked.map(({ expected }) => expected.kind)).toEqual(["answer", "silence"]);
  });

  it("go to the balancer's own name where the host has no record", () => {
    expect(at(false)[0]?.connectTo).toBe("shop.example.com:443:Door-1.elb.amazonaws.com:443");
    expect(at(true)[0]?.connectTo).toBeUndefined();
  });

  it("are made with and without minding the certificate where it is of other names", () => {
    expect(at(true).map(({ insecure = false }) => insecure)).toEqual([false, true, false, false, false]);
  });

  it("are none at a balancer that is not there", () => {
    expect(balancerRequests(state, "other.elb.amazonaws.com", () => true)).toEqual([]);
  });
});

describe("a reply", () => {
  const answer = (status: number, location = "") => ({ kind: "answer", status, location, body: "" }) as const;

  it("is silence only when the time was over, not when somebody refused", () => {
    expect(meets({ kind: "silence" }, { kind: "failure", code: 28, reason: "timed out" })).toBe(true);
    expect(meets({ kind: "silence" }, { kind: "failure", code: 7, reason: "refused" })).toBe(false);
    expect(meets({ kind: "silence" }, answer(200))).toBe(false);
  });

  it("is distrust only when the client would not take the certificate", () => {
    expect(meets({ kind: "distrust" }, { kind: "failure", code: 60, reason: "no alternative name" })).toBe(true);
    expect(meets({ kind: "distrust" }, { kind: "failure", code: 28, reason: "timed out" })).toBe(false);
    expect(meets({ kind: "distrust" }, answer(200))).toBe(false);
  });

  it("is an answer only when it is a good one", () => {
    expect(meets({ kind: "answer" }, answer(200))).toBe(true);
    expect(meets({ kind: "answer" }, answer(503))).toBe(false);
  });

  it("redirects only when it says where to", () => {
    expect(meets({ kind: "redirect" }, answer(301, "https://door"))).toBe(true);
    expect(meets({ kind: "redirect" }, answer(301))).toBe(false);
  });
});
