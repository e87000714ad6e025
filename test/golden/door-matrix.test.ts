import { describe, expect, it } from "vitest";
import { entrancesOf } from "../../platform/entrances";
import type { Environment } from "../../platform/environment";
import { axes, type Cell, doorEnvironment, doorMatrix, environmentOf, nameOf } from "../support/door-matrix";
import { apiMatrix, nameOfApi } from "../support/door-matrix-apis";
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

describe("of API Gateway and CloudFront, the matrix of exposure, TLS, networks and callers", () => {
  const { resource } = stacksOf("doors-apis").apps;
  const blocks = (type: string) => Object.values(resource[type] ?? {});
  const cellsOf = (door: string) => apiMatrix.filter((cell) => cell.door === door);

  it("has an API or a distribution for each cell", () => {
    const made = [...blocks("aws_api_gateway_rest_api"), ...blocks("aws_apigatewayv2_api")].map(({ name }) => name);
    const missing = apiMatrix.filter(
      (cell) => cell.door !== "cloudfront" && !made.some((name) => String(name).endsWith(nameOfApi(cell))),
    );
    expect(missing).toEqual([]);
    expect(blocks("aws_cloudfront_distribution")).toHaveLength(cellsOf("cloudfront").length);
  });

  it("lets nobody in unasked but where a cell says so", () => {
    const open = blocks("aws_apigatewayv2_route").filter((route) => route["authorization_type"] === "NONE");
    const meant = cellsOf("http").filter(({ callers }) => callers === "anyone" || callers === "client-certificates");
    expect(new Set(open.map((route) => route["api_id"])).size).toBe(meant.length);
  });

  it("closes the name of API Gateway's own wherever a domain asks for client certificates", () => {
    const mutual = apiMatrix.filter(({ callers }) => callers === "client-certificates");
    const closed = [...blocks("aws_api_gateway_rest_api"), ...blocks("aws_apigatewayv2_api")].filter(
      (api) => api["disable_execute_api_endpoint"] === true,
    );
    const asking = [...blocks("aws_api_gateway_domain_name"), ...blocks("aws_apigatewayv2_domain_name")].filter(
      (domain) => domain["mutual_tls_authentication"] !== undefined,
    );
    expect([closed.length, asking.length]).toEqual([mutual.length, mutual.length]);
  });
});
