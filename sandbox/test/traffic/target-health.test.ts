import { describe, expect, it } from "vitest";
import { withTargetHealth } from "../../src/aws/elasticloadbalancing/target-health";

const member = (id: string) =>
  `<member><HealthCheckPort>8080</HealthCheckPort><TargetHealth><State>healthy</State></TargetHealth>` +
  `<Target><Port>8080</Port><Id>${id}</Id></Target></member>`;
const body = `<Descriptions>${["10.0.1.1", "10.0.1.2", "10.0.1.3"].map(member).join("")}</Descriptions>`;

const states = (health: (id: string) => boolean | undefined) => {
  const answer = { status: 200, headers: {}, body: Buffer.from(body) };
  const text = withTargetHealth(answer, "arn:group", (_, id) => health(id)).body.toString("utf8");
  return [...text.matchAll(/<State>(.*?)<\/State>/g)].map(([, state]) => state);
};

describe("the health of targets", () => {
  it("stays that of one that is not registered, which no balancer asks either", () => {
    const gone = "<TargetHealth><State>unused</State><Reason>Target.NotRegistered</Reason></TargetHealth>";
    const answer = {
      status: 200,
      headers: {},
      body: Buffer.from(`<member>${gone}<Target><Id>10.0.1.9</Id></Target></member>`),
    };
    expect(withTargetHealth(answer, "arn:group", () => undefined).body.toString("utf8")).toContain(gone);
  });

  it("is what the balancers' checks found, each target by itself", () => {
    expect(states((id) => (id === "10.0.1.3" ? undefined : id === "10.0.1.1"))).toEqual([
      "healthy",
      "unhealthy",
      "unused",
    ]);
  });
});
