import { packageName } from "./charts/releases";
import type { ChosenChart } from "./charts/sources";
import type { SandboxReport } from "./report";
import type { Outcome } from "./stack-runs";
import type { StackResult } from "./up";

/** Milliseconds after which a stack that is still under way says so, and again after as many. */
const patience = 30_000;

/** One line a stack: its name when it starts, the rest when its result is known, and between them what it waits for. */
export class StackLines {
  private timer: NodeJS.Timeout | undefined;

  /** @param waitsFor what a stack that is under way waits for */
  constructor(private readonly waitsFor: (stack: string) => readonly string[]) {}

  readonly start = (stack: string): void => {
    const start = Date.now();
    process.stdout.write(stack.padEnd(24));
    this.timer = setInterval(() => {
      const seconds = (Date.now() - start) / 1000;
      console.log(`${duration(seconds).padStart(8)}  ${waitingText(this.waitsFor(stack))}`);
      process.stdout.write(" ".repeat(24));
    }, patience);
    this.timer.unref();
  };

  readonly end = ({ outcome, seconds }: StackResult): void => {
    clearInterval(this.timer);
    console.log(`${duration(seconds).padStart(8)}  ${outcomeText(outcome)}`);
  };
}

/** For example `still at work: aws_lb.api, aws_eip.door and 3 more`. */
export function waitingText(addresses: readonly string[]): string {
  const [first, second, ...others] = addresses;
  const named = [first, second].filter((address) => address !== undefined).join(", ");
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return named === "" ? "still at work" : `still at work: ${named}${more}`;
}

/** For example `1 m 32 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} m ${whole % 60} s`;
}

export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "passed":
      return outcome.detail;
    case "failed":
      return `FAILED\n${indent(outcome.reason)}`;
    case "not run":
      return `not run: ${outcome.reason}`;
    default:
      return unknownOutcome(outcome);
  }
}

/** What ran for real and what was stood in for. */
export function reportLines(report: SandboxReport, charts: readonly ChosenChart[]): readonly string[] {
  const real = charts.filter(({ source }) => source.kind !== "stand-in");
  const made = charts.filter(({ source }) => source.kind === "stand-in");
  const names = (chosen: readonly ChosenChart[]) =>
    chosen.map(({ release }) => packageName(release).replace(/\.tgz$/, ""));
  return [
    ...listed("real charts", names(real)),
    ...listed("stand-ins for charts", names(made)),
    ...listed(
      "controllers that ran",
      report.controllers.map(({ program, deployment, state }) => `${program} as ${deployment}: ${state}`),
    ),
    ...listed("certificates signed in the place of cert-manager", report.certificates),
    ...listed(
      "webhook configurations taken out of the cluster, since nothing answers behind them",
      report.removedWebhooks.map(({ kind, name, services }) => `${kind} ${name} (${services.join(", ")})`),
    ),
    ...listed("load balancers that stand in, with nothing behind them", addresses(report, true)),
    ...listed("addresses written without a load balancer behind them", addresses(report, false)),
    ...trafficLines(report.traffic),
    ...listed("calls of roles, held to their policies", report.callers.flatMap(callerLines)),
    ...listed("not let through, as AWS would not", report.refused),
    ...listed("faults of the sandbox itself", report.faults),
  ];
}

function trafficLines(traffic: SandboxReport["traffic"]): readonly string[] {
  if (traffic === undefined) {
    return [];
  }
  return [
    ...listed(
      "nodes that run pods",
      traffic.nodes.map(({ name, state }) => `${name}: ${state}`),
    ),
    ...listed("images that nodes can pull", traffic.images),
    ...listed("images that cannot be made here, so their pods are played", traffic.missingImages),
    ...listed("asked of load balancers and not forwarded", traffic.gaps),
    ...listed(
      "certificates that ACM does not have, signed for the hosts of their listeners",
      traffic.assumedCertificates,
    ),
  ];
}

/** The summary's last line: how many stacks there were of each outcome, and by name what was not run. */
export function summaryLine(results: readonly StackResult[]): string {
  const count = (kind: Outcome["kind"]) => results.filter(({ outcome }) => outcome.kind === kind).length;
  const notRun = results.flatMap(({ stack, outcome }) =>
    outcome.kind === "not run" ? [`${stack} (${outcome.reason})`] : [],
  );
  return (
    `${count("passed")} passed, ${count("failed")} failed, ${count("not run")} not run` +
    (notRun.length === 0 ? "" : `: ${notRun.join("; ")}`)
  );
}

function callerLines({ principalArn, actions, denied, unneeded }: SandboxReport["callers"][number]): readonly string[] {
  const outcome = denied.length === 0 ? "none denied" : `denied: ${denied.join("; ")}`;
  return [
    `${principalArn.split("/").at(-1)}: ${actions.length} actions, ${outcome}`,
    ...unneeded.map(
      (names) => `  no call needed the statement of ${names.length > 80 ? `${names.slice(0, 80)}…` : names}`,
    ),
  ];
}

function addresses({ writtenAddresses }: SandboxReport, balanced: boolean): readonly string[] {
  return writtenAddresses
    .filter((written) => written.balanced === balanced)
    .map(({ kind, namespace, name, hostname }) => `${kind} ${namespace}/${name}: ${hostname}`);
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${item}`)];
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`.trimEnd())
    .join("\n");
}

function unknownOutcome(outcome: never): never {
  throw new Error(`no text for ${JSON.stringify(outcome)}`);
}
