import { describe, expect, it } from "vitest";
import { traceOf } from "../../commands/doors/trace";
import { findingsOf, severityOf, type Trace, type WayKind } from "../../commands/doors/way";
import { editable } from "../support/change-stacks";
import { axes } from "../support/door-matrix";
import { type CellOfOne, environmentOfOne, matrixOfOne, nameOfOne } from "../support/door-matrix-of-one";
import { synthStacks } from "../support/environments";

/** The way into a mesh of Lattice is an ALB, the only one here. */
const kinds: readonly WayKind[] = ["ambassador", "nginx", "alb"];

/** What a caller meets at a door: read from the JSON alone, by the trace that `foundry doors` prints. */
function metAt({ ways }: Trace, kind: WayKind) {
  return ways
    .filter((way) => way.kind === kind && way.hops.some(({ stop }) => stop === "load-balancer"))
    .map(({ listening, from }) => ({
      // nginx without a certificate answers on 443 with one of its own making, which nobody trusts.
      tls: listening.some(({ tls, untrusted }) => tls && untrusted === undefined),
      clear: listening.some(({ tls, redirectsTo }) => !tls && redirectsTo === undefined),
      from,
    }));
}

function originOf({ exposure, networks }: CellOfOne) {
  if (networks === "cidrs") return [expect.objectContaining({ kind: "networks", cidrs: ["192.0.2.0/24"] })];
  if (networks === "lists") return [expect.objectContaining({ kind: "prefix-list" })];
  return [expect.objectContaining({ kind: exposure === "internal" ? "vpc" : "internet" })];
}

describe("of the doors that an environment has one of, each cell", () => {
  it("is there: exposure, TLS and networks", () => {
    const values = [axes.exposure, axes.tls, axes.networks];
    expect(matrixOfOne).toHaveLength(values.reduce((product, { length }) => product * length, 1));
  });

  it.each(matrixOfOne.map((cell) => [nameOfOne(cell), cell] as const))(
    "%s: is what it was asked for, at Emissary, at nginx and at the way into a mesh",
    (name, cell) => {
      const trace = traceOf({ name, stacks: editable(synthStacks(environmentOfOne(cell))) });
      expect(findingsOf(trace).filter(({ hole }) => severityOf(hole) === "error")).toEqual([]);
      const clear = cell.tls === "clear";
      for (const kind of kinds)
        expect({ kind, met: metAt(trace, kind) }).toEqual({
          kind,
          met: [{ tls: !clear, clear, from: originOf(cell) }],
        });
      const [member] = trace.ways.filter((way) => way.kind === "lattice");
      expect([member?.listening.map(({ tls }) => tls), member?.authentication === undefined]).toEqual([
        [!clear],
        clear,
      ]);
    },
  );

  it.each(axes.exposure)("changes only when it is meant to: %s", async (exposure) => {
    const cells = matrixOfOne.filter((cell) => cell.exposure === exposure);
    const said = cells.map((cell) => {
      const { controllers, apps } = synthStacks(environmentOfOne(cell));
      const releases = Object.entries(controllers.resource["helm_release"] ?? {})
        .filter(([id]) => /^(emissary|nginx)/.test(id))
        .map(([id, { values }]) => [id, JSON.parse(String([values].flat()[0]))]);
      const gateways = Object.entries(apps.resource).flatMap(([type, blocks]) =>
        Object.entries(blocks)
          .filter(([id]) => id.startsWith("mesh_gateway"))
          .map(([id, block]) => [`${type}.${id}`, block]),
      );
      return [nameOfOne(cell), Object.fromEntries([...releases, ...gateways])];
    });
    await expect(`${JSON.stringify(Object.fromEntries(said), null, 2)}\n`).toMatchFileSnapshot(
      `doors-of-one-${exposure}.json`,
    );
  });
});
