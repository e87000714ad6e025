import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { NotRun } from "./results";

/** The environment's own field for charts that come from elsewhere; none where they come from their own addresses. */
export function chartMirror({ charts, keeper }: Sandbox): readonly string[] {
  const own = charts.filter(({ source }) => source.kind === "address");
  if (own.length > 0 && own.length < charts.length) {
    throw new NotRun("some charts come from their own addresses and some do not, and an environment has one mirror");
  }
  return own.length > 0 ? [] : [`charts: { mirror: ${JSON.stringify(keeper.chartRepository)} }`];
}
