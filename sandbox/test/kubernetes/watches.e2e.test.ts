import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type ControlPlane, startControlPlane } from "../../src/kubernetes/control-plane";
import type { Manifest } from "../../src/kubernetes/kubernetes-object";
import { type AddressWriting, writeLoadBalancerAddresses } from "../../src/kubernetes/load-balancer-addresses";
import { removeDeadWebhookConfigurations, type WebhookRemoval } from "../../src/kubernetes/webhook-configurations";
import { describeControlPlane, threeNodes } from "./suite";

const soon = { timeout: 20_000, interval: 50 };

interface WebhookOptions {
  readonly name: string;
  readonly service: string;
  readonly failurePolicy?: "Fail" | "Ignore";
  readonly caBundle?: string;
}

/** Asks a Service of namespace `controllers` about every ConfigMap. */
const webhookConfiguration = (options: WebhookOptions): Manifest => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: options.name },
  webhooks: [
    {
      name: `${options.name}.example.com`,
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      failurePolicy: options.failurePolicy,
      clientConfig: {
        service: { namespace: "controllers", name: options.service, path: "/validate" },
        caBundle: options.caBundle,
      },
      rules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["configmaps"], operations: ["CREATE"] }],
      // Not the service accounts' own ConfigMaps that the controller manager makes.
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "default" } },
    },
  ],
});

const webhookPath = (name: string) => `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${name}`;

const service = (name: string, namespace: string, spec: Readonly<Record<string, unknown>> = {}): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace },
  spec: { ports: [{ port: 443 }], ...spec },
});

const configMap = (name: string): Manifest => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default" },
});

const addressesSchema = z.looseObject({
  status: z
    .looseObject({
      loadBalancer: z.looseObject({ ingress: z.array(z.looseObject({ hostname: z.string() })).optional() }).optional(),
      addresses: z.array(z.looseObject({ value: z.string() })).optional(),
    })
    .optional(),
});

describeControlPlane("what stands in for controllers that do not run", ({ programs, workDir }) => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ name: "sandbox", workDir, programs: programs(), nodes: threeNodes });
    await controlPlane.api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "controllers" } });
    await controlPlane.api.create(service("dead", "controllers"));
    await controlPlane.api.create(service("alive", "controllers"));
  });

  afterAll(() => controlPlane?.stop());

  describe("a webhook behind which nothing runs", () => {
    let removal: WebhookRemoval | undefined;

    afterAll(() => removal?.stop());

    it("refuses at once and by its Service's name what it is asked about", async () => {
      await controlPlane.api.create(webhookConfiguration({ name: "first", service: "dead" }));
      await vi.waitFor(
        () =>
          expect(controlPlane.api.create(configMap("refused"), { dryRun: "All" })).rejects.toThrow(
            /nothing runs behind Service controllers\/dead/,
          ),
        soon,
      );
    });

    it("is taken out of the cluster, whether it was there before or appears later, and reported", async () => {
      removal = removeDeadWebhookConfigurations({
        api: controlPlane.api,
        isServed: controlPlane.egress.isRouted,
        real: ["kept"],
      });
      await vi.waitFor(async () => expect(await controlPlane.api.get(webhookPath("first"))).toBeUndefined(), soon);
      await controlPlane.api.create(webhookConfiguration({ name: "second", service: "dead" }));
      await vi.waitFor(async () => expect(await controlPlane.api.get(webhookPath("second"))).toBeUndefined(), soon);
      const removed = ["first", "second"].map((name) => ({
        kind: "ValidatingWebhookConfiguration",
        name,
        services: ["controllers/dead"],
      }));
      // It is reported once it is gone, a moment later.
      await vi.waitFor(() => expect(removal?.removed).toEqual(removed), soon);
      await vi.waitFor(() => controlPlane.api.create(configMap("accepted"), { dryRun: "All" }), soon);
    });

    it("stays when it is given as real, or when it may be ignored", async () => {
      await controlPlane.api.create(webhookConfiguration({ name: "kept", service: "dead" }));
      const ignored = webhookConfiguration({ name: "ignored", service: "dead", failurePolicy: "Ignore" });
      await controlPlane.api.create(ignored);
      // What comes after them in the same watch is gone, so they have been seen.
      await controlPlane.api.create(webhookConfiguration({ name: "third", service: "dead" }));
      await vi.waitFor(async () => expect(await controlPlane.api.get(webhookPath("third"))).toBeUndefined(), soon);
      expect(await controlPlane.api.get(webhookPath("kept"))).toBeDefined();
      expect(await controlPlane.api.get(webhookPath("ignored"))).toBeDefined();
      await controlPlane.api.delete(webhookPath("kept"));
    });

    it("stays once the watch is stopped", async () => {
      await removal?.stop();
      await controlPlane.api.create(webhookConfiguration({ name: "late", service: "dead" }));
      // Another watch has taken out what came after it, so the one that was stopped would have seen it.
      const other = removeDeadWebhookConfigurations({
        api: controlPlane.api,
        isServed: controlPlane.egress.isRouted,
        real: ["late"],
      });
      await controlPlane.api.create(webhookConfiguration({ name: "later", service: "dead" }));
      await vi.waitFor(async () => expect(await controlPlane.api.get(webhookPath("later"))).toBeUndefined(), soon);
      await other.stop();
      expect(await controlPlane.api.get(webhookPath("late"))).toBeDefined();
      expect(removal?.removed.map(({ name }) => name)).not.toContain("late");
      await controlPlane.api.delete(webhookPath("late"));
    });
  });

  const noOpenssl = spawnSync("openssl", ["version"]).status !== 0;
  describe.skipIf(noOpenssl)(`a webhook that runs here${noOpenssl ? " (skipped: no openssl on the PATH)" : ""}`, () => {
    let server: Server;
    let removal: WebhookRemoval;
    const asked: string[] = [];

    beforeAll(async () => {
      const [key, certificate] = [join(workDir, "webhook.key"), join(workDir, "webhook.crt")];
      const name = "alive.controllers.svc";
      spawnSync("openssl", [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", `/CN=${name}`],
        ...["-addext", `subjectAltName=DNS:${name}`, "-keyout", key, "-out", certificate],
      ]);
      const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
      server = createServer(tls, async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
          chunks.push(Buffer.from(chunk));
        }
        const reviewSchema = z.looseObject({ request: z.looseObject({ uid: z.string(), name: z.string() }) });
        const { uid, name: object } = reviewSchema.parse(JSON.parse(Buffer.concat(chunks).toString())).request;
        asked.push(object);
        const allowed = object !== "forbidden";
        const answer = { uid, allowed, status: { message: "the controller said no" } };
        response.end(JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: answer }));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      controlPlane.egress.route({ namespace: "controllers", name: "alive" }, port);
      removal = removeDeadWebhookConfigurations({ api: controlPlane.api, isServed: controlPlane.egress.isRouted });
      const caBundle = tls.cert.toString("base64");
      await controlPlane.api.create(webhookConfiguration({ name: "alive", service: "alive", caBundle }));
    });

    afterAll(async () => {
      await removal?.stop();
      server?.closeAllConnections();
      server?.close();
    });

    it("is asked through its Service and its own certificate, and its answer counts", async () => {
      await vi.waitFor(
        () =>
          expect(controlPlane.api.create(configMap("forbidden"), { dryRun: "All" })).rejects.toThrow(
            /the controller said no/,
          ),
        soon,
      );
      await controlPlane.api.create(configMap("allowed"), { dryRun: "All" });
      expect(asked).toEqual(expect.arrayContaining(["forbidden", "allowed"]));
    });

    it("stays in the cluster", async () => {
      expect(await controlPlane.api.get(webhookPath("alive"))).toBeDefined();
      expect(removal.removed.map(({ name }) => name)).not.toContain("alive");
    });
  });

  describe("the address of", () => {
    let writing: AddressWriting;

    beforeAll(() => {
      writing = writeLoadBalancerAddresses({
        api: controlPlane.api,
        region: "eu-central-1",
        isServed: (kind, object) =>
          kind === "Service" && object["spec"] !== undefined && object.metadata.name.startsWith("served"),
      });
    });

    afterAll(() => writing?.stop());

    const addressOf = async (path: string) => {
      const status = addressesSchema.parse((await controlPlane.api.get(path)) ?? {}).status;
      return status?.loadBalancer?.ingress?.[0]?.hostname ?? status?.addresses?.[0]?.value;
    };

    it("a Service of type LoadBalancer is that of an NLB", async () => {
      await controlPlane.api.create(service("door", "default", { type: "LoadBalancer" }));
      const path = "/api/v1/namespaces/default/services/door";
      const hostname = await vi.waitFor(async () => {
        const found = await addressOf(path);
        expect(found).toMatch(/^k8s-default-door-[0-9a-f]{10}\.elb\.eu-central-1\.amazonaws\.com$/);
        return found;
      }, soon);
      const written = { kind: "Service", namespace: "default", name: "door", hostname, balanced: false };
      await vi.waitFor(() => expect(writing.written).toContainEqual(written), soon);
    });

    it("an Ingress is that of an ALB", async () => {
      await controlPlane.api.create({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name: "door", namespace: "default" },
        spec: { defaultBackend: { service: { name: "door", port: { number: 443 } } } },
      });
      const path = "/apis/networking.k8s.io/v1/namespaces/default/ingresses/door";
      await vi.waitFor(
        async () => expect(await addressOf(path)).toMatch(/^k8s-default-door-.*\.eu-central-1\.elb\.amazonaws\.com$/),
        soon,
      );
    });

    it("a Gateway is written even when its definition came later", async () => {
      await controlPlane.api.create(gatewayDefinition);
      const gateway: Manifest = {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: { name: "door", namespace: "default" },
        spec: {},
      };
      await vi.waitFor(() => controlPlane.api.create(gateway), soon);
      const path = "/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/door";
      await vi.waitFor(async () => expect(await addressOf(path)).toMatch(/^k8s-default-door-/), soon);
    });

    it("a Service that a controller serves, or that asks for none, is left alone", async () => {
      await controlPlane.api.create(service("served", "default", { type: "LoadBalancer" }));
      await controlPlane.api.create(service("internal", "default"));
      // What comes after them in the same watch is written, so they have been seen.
      await controlPlane.api.create(service("after", "default", { type: "LoadBalancer" }));
      await vi.waitFor(
        async () => expect(await addressOf("/api/v1/namespaces/default/services/after")).toBeDefined(),
        soon,
      );
      expect(await addressOf("/api/v1/namespaces/default/services/served")).toBeUndefined();
      expect(await addressOf("/api/v1/namespaces/default/services/internal")).toBeUndefined();
    });
  });
});

/** The least that makes a Gateway with a status. */
const gatewayDefinition: Manifest = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: "gateways.gateway.networking.k8s.io",
    annotations: { "api-approved.kubernetes.io": "https://github.com/kubernetes-sigs/gateway-api" },
  },
  spec: {
    group: "gateway.networking.k8s.io",
    scope: "Namespaced",
    names: { kind: "Gateway", plural: "gateways", singular: "gateway", listKind: "GatewayList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};
