import { describe, expect, it } from "vitest";
import { entrancesOf } from "../../platform/entrances";
import { axes, type Cell, doorMatrix, environmentOf, nameOf } from "../support/door-matrix";
import { checked, goldenEnvironments, stacksOf } from "../support/environments";

/** The options of the door of a cell, as its golden environment was checked. */
function doorOf(cell: Cell) {
  const { gateways, workloads } = checked(goldenEnvironments[environmentOf(cell)]);
  const route = workloads["shop"]?.routes.find((one) => "name" in one && one.name === nameOf(cell));
  const gateway = gateways[nameOf(cell)];
  return { route, front: cell.door === "gateway" ? gateway : route };
}

describe("of every door, the matrix of exposure, TLS, networks and callers", () => {
  it("has a golden environment for each cell", () => {
    const values = Object.values(axes);
    expect(doorMatrix.length).toBeLessThan(3 * values.reduce((product, { length }) => product * length, 1));
    const absent = doorMatrix.filter((cell) => {
      const { doors } = stacksOf(environmentOf(cell)).apps.output;
      return !Object.keys(Object(doors?.value)).some((key) => key.includes(`/${cell.door}/${nameOf(cell)}`));
    });
    expect(absent).toEqual([]);
  });

  it("is what each door was asked for", () => {
    for (const cell of doorMatrix) {
      const { route, front } = doorOf(cell);
      expect(front).toMatchObject({
        exposure: cell.exposure,
        inboundCidrs: cell.networks === "cidrs" ? [expect.any(String)] : [],
        inboundLists: cell.networks === "lists" ? [expect.any(String)] : [],
        ...(cell.tls === "clear" ? { plainHttp: expect.anything() } : {}),
        ...(cell.callers === "client-certificates" ? { clientCertificates: "partners" } : {}),
      });
      if (cell.door !== "nlb" && cell.callers !== "client-certificates")
        expect(route).toMatchObject({ callers: { kind: cell.callers } });
    }
  });

  it("answers in clear text where a cell says so, and nowhere else", () => {
    for (const exposure of axes.exposure) {
      const clear = entrancesOf(checked(goldenEnvironments[environmentOf({ exposure })]))
        .filter(({ clearText }) => clearText)
        .map(({ plainHttp }) => plainHttp !== undefined);
      const cells = doorMatrix.filter((cell) => cell.exposure === exposure && cell.tls === "clear");
      // The internet-facing environment has Emissary and nginx in clear text as well.
      expect(clear).toHaveLength(cells.length + (exposure === "internet-facing" ? 2 : 0));
      expect(clear).not.toContain(false);
    }
  });
});
