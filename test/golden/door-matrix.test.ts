import { describe, expect, it } from "vitest";
import { entrancesOf } from "../../platform/entrances";
import type { Environment } from "../../platform/environment";
import { axes, type Cell, doorEnvironment, doorMatrix, environmentOf, nameOf } from "../support/door-matrix";
import { checked, stacksOf } from "../support/environments";

/** The options of the door of a cell, as its environment was checked. */
function doorOf(cell: Cell, { gateways, workloads }: Environment) {
  const route = workloads["shop"]?.routes.find((one) => "name" in one && one.name === nameOf(cell));
  return { route, front: cell.door === "gateway" ? gateways[nameOf(cell)] : route };
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
    const environments = {
      internal: checked(doorEnvironment("internal")),
      "internet-facing": checked(doorEnvironment("internet-facing")),
    };
    for (const cell of doorMatrix) {
      const { route, front } = doorOf(cell, environments[cell.exposure]);
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
      const clear = entrancesOf(checked(doorEnvironment(exposure)))
        .filter(({ clearText }) => clearText)
        .map(({ plainHttp }) => plainHttp !== undefined);
      const cells = doorMatrix.filter((cell) => cell.exposure === exposure && cell.tls === "clear");
      // The internet-facing environment has Emissary and nginx in clear text as well.
      expect(clear).toHaveLength(cells.length + (exposure === "internet-facing" ? 2 : 0));
      expect(clear).not.toContain(false);
    }
  });
});
