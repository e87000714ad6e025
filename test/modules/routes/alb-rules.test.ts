import { describe, expect, test } from "vitest";
import { albGroupsAgree } from "../../../modules/routes/alb/rules";
import { type AlbRoute, albRouteSchema } from "../../../modules/routes/alb/schema";

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/0123";

function problemsOf(...routes: readonly Partial<AlbRoute>[]) {
  const members = routes.map((input) => albRouteSchema.parse({ kind: "alb", group: "edge", ...input }));
  return albGroupsAgree({ workloads: { shop: { namespace: "default", routes: members } } }, { name: "dev" });
}

describe("routes of one ALB group", () => {
  test.each([
    ["exposure", { exposure: "internet-facing" as const }, "one scheme"],
    ["certificateArn", { certificateArn }, "HTTPS for all of its hosts or for none"],
    ["inboundCidrs", { inboundCidrs: ["10.0.0.0/8"] }, "one list of networks"],
    ["webAclArn", { webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/a/0" }, "one web ACL"],
  ])("agree on %s", (field, difference, what) => {
    const problems = problemsOf({}, difference);
    expect(problems).toMatchObject([
      {
        path: `workloads.shop.routes[1].${field}`,
        rule: `routes of the group edge share one ALB, which has ${what}; workloads.shop.routes[0] says something else`,
        remedy: `write the same \`${field}\` in both, or leave one of them out of the group`,
      },
    ]);
  });

  test("agree on the TLS policy where there is TLS", () => {
    const sslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
    expect(problemsOf({ certificateArn }, { certificateArn, sslPolicy })).toMatchObject([
      { path: "workloads.shop.routes[1].sslPolicy" },
    ]);
    expect(problemsOf({}, { sslPolicy })).toEqual([]);
  });

  test("may differ in host, path, health check and certificate, and in the order of networks", () => {
    const networks = ["10.0.0.0/8", "192.0.2.0/24"];
    expect(
      problemsOf(
        { certificateArn, host: "a.example.com", inboundCidrs: networks },
        {
          certificateArn: `${certificateArn}4`,
          path: "/b",
          healthCheckPath: "/ready",
          inboundCidrs: [...networks].reverse(),
        },
      ),
    ).toEqual([]);
  });

  test("have nothing to do with other groups and with routes of no group", () => {
    const open = { exposure: "internet-facing" as const };
    expect(problemsOf({}, { ...open, group: "other" }, { ...open, group: undefined })).toEqual([]);
  });

  test("are all held to the first of the group", () => {
    const open = { exposure: "internet-facing" as const };
    expect(problemsOf({}, open, {}, open).map(({ path }) => path)).toEqual([
      "workloads.shop.routes[1].exposure",
      "workloads.shop.routes[3].exposure",
    ]);
  });
});
