import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChartSource } from "../../src/charts/sources";
import { controllerPrograms, findPrograms, refuseWithoutCharts, servesAddress } from "../../src/controllers/programs";
import { type KubernetesObject, objectSchema } from "../../src/kubernetes/kubernetes-object";
import type { AddressedKind } from "../../src/kubernetes/load-balancer-addresses";
import { temporaryFolder } from "../fixtures";

/** A folder of programs, each file with its mode. */
function folderOf(files: Readonly<Record<string, number>>): string {
  const folder = temporaryFolder();
  for (const [name, mode] of Object.entries(files)) {
    writeFileSync(join(folder, name), "", { mode });
  }
  return folder;
}

describe("the programs of controllers", () => {
  it("are those of the folder that can be run here, and no other file", () => {
    const folder = folderOf({ "external-dns": 0o755, "cert-manager": 0o755 });
    expect([...findPrograms(folder)]).toEqual([["external-dns", join(folder, "external-dns")]]);
  });

  it("are none where no folder is given", () => {
    expect([...findPrograms(undefined)]).toEqual([]);
  });

  it.each([
    ["is not there", () => join(temporaryFolder(), "programs")],
    ["holds only others", () => folderOf({ "cert-manager": 0o755 })],
    ["holds one that may not be run", () => folderOf({ "external-dns": 0o644 })],
    [
      "holds a folder of a program's name",
      () => {
        const folder = temporaryFolder();
        mkdirSync(join(folder, "external-dns"));
        return folder;
      },
    ],
  ])("are an error where the folder %s, which names the folder and the programs", (_, given) => {
    const folder = given();
    expect(() => findPrograms(folder)).toThrow(
      `SANDBOX_CONTROLLERS: ${folder} holds none of the programs that can be run here: ` +
        "aws-load-balancer-controller, external-dns. Name a folder that does, or unset it.",
    );
  });

  it("are refused beside a stand-in for their own chart, which would have them wait without end", () => {
    const programs = new Map([["external-dns", "/programs/external-dns"]]);
    const chart = (name: string, kind: ChartSource["kind"]) => ({
      release: { chart: name, version: "1.0.0" },
      source: { kind },
    });
    const others = [chart("cert-manager", "stand-in"), chart("external-dns", "folder")];
    expect(() => refuseWithoutCharts(programs, others)).not.toThrow();
    expect(() => refuseWithoutCharts(programs, [chart("external-dns", "stand-in")])).toThrow(
      "external-dns-1.0.0.tgz. Put the packaged chart into the folder that SANDBOX_CHARTS names, or unset SANDBOX_CONTROLLERS.",
    );
  });

  it("are told where to find the pod's kubeconfig, namespace and Secret", () => {
    const files = {
      namespace: "kube-system",
      kubeconfig: "/pod/kubeconfig",
      secret: (index: number) => `/pod/${index}`,
    };
    expect(controllerPrograms["aws-load-balancer-controller"]?.args(files)).toEqual([
      "--kubeconfig=/pod/kubeconfig",
      "--leader-election-namespace=kube-system",
      "--webhook-cert-dir=/pod/0",
    ]);
    expect(controllerPrograms["external-dns"]?.args(files)).toEqual(["--kubeconfig=/pod/kubeconfig"]);
  });
});

describe("whether a program gives an object its address", () => {
  const classes: Readonly<Record<string, string>> = {
    "Ingress/alb": "ingress.k8s.aws/alb",
    "Ingress/nginx": "k8s.io/ingress-nginx",
    "Gateway/alb": "gateway.k8s.aws/alb",
    "Gateway/lattice": "application-networking.k8s.aws/gateway-api-controller",
  };
  const object = (spec: object | undefined): KubernetesObject =>
    objectSchema.parse({ metadata: { name: "door" }, spec });

  function serves(kind: AddressedKind, spec: object | undefined, names: readonly string[]): boolean {
    const programs = names.flatMap((name) => controllerPrograms[name] ?? []);
    return servesAddress(programs, kind, object(spec), (of, name) => classes[`${of}/${name}`]);
  }

  it.each<[AddressedKind, object | undefined, boolean]>([
    ["Service", { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" }, true],
    ["Service", { type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb" }, false],
    ["Service", { type: "LoadBalancer" }, false],
    ["Ingress", { ingressClassName: "alb" }, true],
    ["Ingress", { ingressClassName: "nginx" }, false],
    ["Ingress", { ingressClassName: "unknown" }, false],
    ["Ingress", {}, false],
    ["Ingress", undefined, false],
    ["Gateway", { gatewayClassName: "alb" }, true],
    ["Gateway", { gatewayClassName: "lattice" }, false],
  ])("the load balancer controller, a %s with %j: %s", (kind, spec, expected) => {
    expect(serves(kind, spec, ["aws-load-balancer-controller", "external-dns"])).toBe(expected);
  });

  it.each<[AddressedKind, object]>([
    ["Service", { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" }],
    ["Service", { type: "LoadBalancer" }],
    ["Ingress", { ingressClassName: "alb" }],
  ])("ExternalDNS alone gives none to a %s with %j", (kind, spec) => {
    expect(serves(kind, spec, ["external-dns"])).toBe(false);
  });
});
