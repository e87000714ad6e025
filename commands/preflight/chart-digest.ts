import { type ChartAddress, ChartPackages, digestOf } from "../inputs/chart-packages";
import { Refusal } from "../program/errors";
import type { Facts } from "./facts";

/** SHA-256 of a chart's package as its repository or registry has it now. */
export async function chartDigest(chart: ChartAddress): ReturnType<Facts["chartDigest"]> {
  try {
    return { kind: "known", digest: digestOf(await new ChartPackages().package(chart)) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "unknown", because: error.message };
    throw error;
  }
}
