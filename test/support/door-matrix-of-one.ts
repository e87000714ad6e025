import type { EnvironmentInput } from "../../platform/environment";
import { axes, type Cell } from "./door-matrix";
import { minimal } from "./minimal";

/** A cell of the doors of which an environment has one: Emissary, nginx of each kind, and the way into a mesh. */
export type CellOfOne = Pick<Cell, "exposure" | "tls" | "networks">;

const arn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const plainHttp = { reason: "Nothing that callers send or get is a secret." };

/** Every cell; each is an environment of its own. */
export const matrixOfOne: readonly CellOfOne[] = axes.exposure.flatMap((exposure) =>
  axes.tls.flatMap((tls) => axes.networks.map((networks) => ({ exposure, tls, networks }))),
);

export function nameOfOne({ exposure, tls, networks }: CellOfOne): string {
  return `${exposure === "internal" ? "in" : "out"}-${tls}-${networks}`;
}

const tlsOf = { clear: { plainHttp }, "made-here": { certificate: "web" }, "by-arn": { certificateArn: arn } };
const networksOf = {
  any: {},
  cidrs: { inboundCidrs: ["192.0.2.0/24"] },
  lists: { inboundLists: ["pl-0123456789abcdef0"] },
};

/** Client, token and name of a caller are asked for by Emissary alone, of a workload; Lattice asks for a signature. */
export function environmentOfOne(cell: CellOfOne): EnvironmentInput {
  const { exposure, tls, networks } = cell;
  const way = { ...tlsOf[tls], ...networksOf[networks] };
  const name = nameOfOne(cell);
  const shop = { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080 };
  return {
    ...minimal(name),
    acknowledgeEndOfLife: { ingressNginx: "2026-03" },
    dns: { zones: { "example.com": { kind: "create" } } },
    certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
    controllers: {
      awsLoadBalancerController: {},
      gatewayApiCrds: {},
      emissary: {
        exposure: { kind: exposure },
        ...way,
        ...(networks === "any" ? { externalAuth: { workload: "shop" } } : {}),
      },
      // Both kinds of nginx, as while one follows the other, with the same options.
      nginx: { kind: "f5", switchingFrom: "community", exposure, ...way },
    },
    mesh: {
      kind: "lattice",
      namespace: "mesh",
      ...(tls === "clear" ? { authorization: { kind: "NONE", reason: "Its members sign nothing yet." } } : {}),
      services: {
        cart: { versions: [{ workload: "cart-1" }], ...(tls === "clear" ? {} : { tls: true, port: 443 }) },
      },
      gateway: { exposure, ...way, routes: [{ service: "cart" }] },
    },
    workloads: {
      shop: {
        ...shop,
        namespace: "shop",
        routes: [
          { kind: "ambassador", host: "emissary.example.com" },
          { kind: "nginx", name: "shop-nginx", host: "nginx.example.com" },
        ],
      },
      "cart-1": { ...shop, namespace: "mesh" },
    },
  };
}
