import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { annotationsHere, othersHere } from "../../commands/convert/annotations";
import { convertIngresses } from "../../commands/convert/ingress";
import { checked } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

interface Written {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly pathType?: string;
  readonly tls?: boolean;
}

function ingress({ annotations = {}, path = "/shop", pathType = "Prefix", tls = false }: Written = {}) {
  return JSON.stringify({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "shop",
      namespace: "store",
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
      ),
    },
    spec: {
      ...(tls ? { tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }] } : {}),
      rules: [
        {
          host: "shop.example.com",
          http: { paths: [{ path, pathType, backend: { service: { name: "shop", port: { number: 80 } } } }] },
        },
      ],
    },
  });
}

const route = { name: "shop", host: "shop.example.com", path: "/shop" };

describe("an Ingress becomes", () => {
  it.each(["alb", "nginx"] as const)("a route through %s, internal until somebody writes otherwise", (kind) => {
    expect(convertIngresses(ingress(), kind)).toEqual({
      ingresses: 1,
      routes: { shop: [{ kind, ...route }] },
      notConverted: [],
    });
  });

  it("a route through a gateway with its rewrite and host", () => {
    const annotations = { "rewrite-target": "/", "upstream-vhost": "shop.internal.example.com" };
    expect(convertIngresses(ingress({ annotations }), "gateway").routes).toEqual({
      shop: [
        { kind: "gateway", gateway: "front", ...route, rewrite: { prefix: "/", host: "shop.internal.example.com" } },
      ],
    });
  });

  it("a route that lets the same networks in", () => {
    const annotations = { "whitelist-source-range": "192.0.2.0/24, 198.51.100.0/24" };
    expect(convertIngresses(ingress({ annotations }), "alb").routes["shop"]).toEqual([
      { kind: "alb", ...route, inboundCidrs: ["192.0.2.0/24", "198.51.100.0/24"] },
    ]);
    expect(convertIngresses(ingress({ annotations }), "nginx").notConverted).toHaveLength(1);
  });

  it("a route with a certificate where the load balancer ends TLS, and with the Secret where nginx does", () => {
    expect(convertIngresses(ingress({ tls: true }), "alb").routes["shop"]).toEqual([
      { kind: "alb", ...route, certificate: "web" },
    ]);
    expect(convertIngresses(ingress({ tls: true }), "nginx").routes["shop"]).toEqual([
      { kind: "nginx", ...route, tls: { secretName: "shop-tls" } },
    ]);
  });

  it.each(["alb", "nginx"] as const)("a route through %s that an environment takes", (kind) => {
    const { routes } = convertIngresses(ingress({ annotations: { "ssl-redirect": "true" } }), kind);
    const shop = { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, routes: routes["shop"] };
    const environment = { ...minimal(), controllers: { awsLoadBalancerController: {}, nginx: { kind: "f5" } } };
    const input = JSON.parse(JSON.stringify({ ...environment, workloads: { shop } }));
    expect(checked(input).workloads["shop"]?.routes).toMatchObject([{ kind, ...route }]);
  });

  it("none where its path is a regular expression, which is told", () => {
    const { routes, notConverted } = convertIngresses(ingress({ path: "/shop(/|$)(.*)" }), "alb");
    expect(routes).toEqual({});
    expect(notConverted).toMatchObject([{ ingress: "store/shop", what: "path /shop(/|$)(.*)" }]);
  });

  it("a wider route where its path was exact, which is told", () => {
    const exact = ingress({ pathType: "Exact" });
    expect(convertIngresses(exact, "alb").notConverted).toMatchObject([{ what: "path /shop, exactly" }]);
    expect(convertIngresses(exact, "nginx").routes["shop"]).toEqual([{ kind: "nginx", ...route, pathType: "Exact" }]);
  });
});

describe("what an Ingress says by annotations", () => {
  it.each(annotationsHere)("is a field, or told: $name", ({ name }) => {
    const { routes, notConverted } = convertIngresses(ingress({ annotations: { [name]: "yes" } }), "alb");
    expect(Object.keys(routes["shop"]?.[0] ?? {}).length > 4 || notConverted.length === 1).toBe(true);
  });

  it("is told where nobody here knows it", () => {
    const { notConverted } = convertIngresses(ingress({ annotations: { "of-tomorrow": "on" } }), "alb");
    expect(notConverted).toMatchObject([{ what: "nginx.ingress.kubernetes.io/of-tomorrow: on" }]);
  });

  it("stands in the page for those who leave ingress-nginx", () => {
    const page = readFileSync(join(__dirname, "..", "..", "docs", "leaving-ingress-nginx.md"), "utf8");
    for (const { name, here } of annotationsHere) expect(page).toContain(`| \`${name}\` | ${here} |`);
    for (const [name, here] of Object.entries(othersHere)) expect(page).toContain(`| \`${name}\` | ${here} |`);
  });
});

describe("foundry convert ingress", () => {
  const project = new TestProject();
  const file = (name: string, text: string) => {
    writeFileSync(join(project.root, name), text);
    return join(project.root, name);
  };

  it("prints routes to paste, and what it could not turn into one", async () => {
    const annotations = { "configuration-snippet": "more_set_headers" };
    const list = file("list.yaml", `items:\n- ${ingress({ annotations })}\n`);
    const { code, stdout } = await project.run(["convert", "ingress", list, "--door", "nginx"]);
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "workloads: {",
      "  shop: {",
      "    routes: [",
      '      { kind: "nginx", name: "shop", host: "shop.example.com", path: "/shop" },',
      "    ],",
      "  },",
      "},",
      "",
      'Every door is internal until its `exposure` says "internet-facing"; a workload has the name of the Service here.',
      "",
      "Not converted:",
      "  store/shop: nginx.ingress.kubernetes.io/configuration-snippet: more_set_headers",
      "    here: nothing: nobody writes configuration of nginx into an Ingress here",
      "",
    ]);
  });

  it.each([
    ["holds none", "service.yaml", "kind: Service\n", /has no Ingress of networking\.k8s\.io/],
    ["is no YAML", "broken.yaml", "a: [\n", /broken\.yaml is no YAML/],
  ])("refuses a file that %s", async (_, name, text, says) => {
    const { code, stderr } = await project.run(["convert", "ingress", file(name, text)]);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
  });

  it("refuses a file that is not there", async () => {
    const { code, stderr } = await project.run(["convert", "ingress", "nowhere.yaml"]);
    expect(code).toBe(1);
    expect(stderr).toContain("nowhere.yaml cannot be read");
  });
});
