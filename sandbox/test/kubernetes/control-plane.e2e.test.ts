import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { Netmask } from "netmask";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type ControlPlane, type ControlPlaneProps, startControlPlane } from "../../src/kubernetes/control-plane";
import { deleteCluster } from "../../src/kubernetes/kwokctl";
import { findLeftovers } from "../../src/kubernetes/processes";
import { describeControlPlane, threeNodes } from "./suite";

const controlPlanePrograms = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok-controller"];

const podSchema = z.looseObject({ status: z.looseObject({ phase: z.string(), podIP: z.string().optional() }) });

/** The local addresses, as /proc writes them, on which a process listens. */
function listeningAddresses(pid: number): readonly string[] {
  const descriptors = readdirSync(`/proc/${pid}/fd`).map((name) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${name}`);
    } catch {
      return "";
    }
  });
  const inodes = new Set(descriptors.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const listening = "0A";
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listening && inodes.has(fields[9] ?? ""))
      .map((fields) => fields[1]?.split(":")[0] ?? ""),
  );
}

describeControlPlane("a control plane", ({ programs, workDir }) => {
  const props = (folder: string): ControlPlaneProps => ({
    name: "sandbox",
    workDir: join(workDir, folder),
    programs: programs(),
    nodes: threeNodes,
  });
  let first: ControlPlane;

  beforeAll(async () => {
    first = await startControlPlane(props("first"));
  });

  afterAll(() => first?.stop());

  it("runs exactly the five programs", async () => {
    const running = (await findLeftovers(workDir)).map(({ program }) => program);
    expect([...running].sort()).toEqual(controlPlanePrograms);
  });

  it.skipIf(!existsSync("/proc/net/tcp"))("listens on 127.0.0.1 only", async () => {
    const loopback = "0100007F";
    for (const { pid, program } of await findLeftovers(workDir)) {
      const addresses = listeningAddresses(pid);
      expect(addresses, program).not.toHaveLength(0);
      expect(new Set(addresses), program).toEqual(new Set([loopback]));
    }
  });

  it("calls itself by the pinned version", async () => {
    const version = z.object({ gitVersion: z.string(), major: z.string(), minor: z.string() });
    const pinned = programs().kubernetesVersion;
    const answer = version.parse(await first.api.send("GET", "/version"));
    expect(answer.gitVersion).toBe(pinned);
    expect(`v${answer.major}.${answer.minor}`).toBe(pinned.split(".").slice(0, 2).join("."));
  });

  it("serves a certificate of its CA that is valid for 127.0.0.1", async () => {
    const { port } = new URL(first.server);
    const authorized = await new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: Number(port), ca: first.caCertificate }, () => {
        resolve(socket.authorized);
        socket.destroy();
      });
      socket.on("error", reject);
    });
    expect(authorized).toBe(true);
    expect(Buffer.from(first.caCertificateBase64, "base64").toString()).toBe(first.caCertificate);
  });

  it("is reached with its kubeconfig by kubectl from any folder", () => {
    const args = ["--kubeconfig", first.kubeconfigPath, "auth", "can-i", "*", "*"];
    expect(execFileSync(programs().paths.kubectl, args, { cwd: "/", encoding: "utf8" }).trim()).toBe("yes");
  });

  it("gives pods addresses of the zones' subnets, no two the same", async () => {
    await first.api.create({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "default" },
      spec: {
        replicas: 9,
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: { containers: [{ name: "web", image: "example.invalid/web" }] },
        },
      },
    });
    const addresses = await vi.waitFor(
      async () => {
        const pods = (await first.api.list("/api/v1/namespaces/default/pods"))?.items ?? [];
        const running = pods.map((pod) => podSchema.parse(pod).status).filter(({ phase }) => phase === "Running");
        expect(running).toHaveLength(9);
        return running.map(({ podIP }) => podIP ?? "");
      },
      { timeout: 30_000, interval: 100 },
    );
    expect(new Set(addresses).size).toBe(9);
    const subnets = threeNodes.zones.map(({ subnetCidr }) => new Netmask(subnetCidr));
    for (const address of addresses) {
      expect(subnets.some((subnet) => subnet.contains(address))).toBe(true);
    }
  });

  it("gives Services addresses outside the VPC", async () => {
    const service = await first.api.get("/api/v1/namespaces/default/services/kubernetes");
    const { clusterIP } = z.looseObject({ clusterIP: z.string() }).parse(service?.["spec"]);
    expect(new Netmask("10.0.0.0/8").contains(clusterIP)).toBe(false);
  });

  it("is not started a second time in the folder of a running one", async () => {
    await expect(startControlPlane(props("first"))).rejects.toThrow(/kube-apiserver \(process \d+\).*another folder/);
    expect(await first.api.get("/api/v1/namespaces/default")).toBeDefined();
  });

  describe("beside another one of the same name", () => {
    let second: ControlPlane;

    beforeAll(async () => {
      second = await startControlPlane(props("second"));
    });

    afterAll(() => second?.stop());

    it("shares nothing with it", async () => {
      await second.api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "only-here" } });
      expect(await second.api.get("/api/v1/namespaces/only-here")).toBeDefined();
      expect(await first.api.get("/api/v1/namespaces/only-here")).toBeUndefined();
      expect(second.server).not.toBe(first.server);
    });

    it("stops without leaving a process or a file, and without harm to the other", async () => {
      await second.stop();
      expect(await findLeftovers(join(workDir, "second"))).toEqual([]);
      expect(readdirSync(join(workDir, "second"))).toEqual([]);
      expect(await first.api.send("GET", "/readyz")).toBe("ok");
    });
  });

  it("is found and ended by its name and folder when whoever started it is gone", async () => {
    const orphan = await startControlPlane(props("orphan"));
    const folder = join(workDir, "orphan");
    expect((await findLeftovers(folder)).map(({ program }) => program).sort()).toEqual(controlPlanePrograms);
    await deleteCluster(props("orphan"));
    expect(readdirSync(folder)).toEqual([]);
    await orphan.stop();
    expect(await findLeftovers(folder)).toEqual([]);
    expect(await findLeftovers(join(workDir, "first"))).toHaveLength(controlPlanePrograms.length);
  });

  it("that cannot come up says why, shows its logs and leaves nothing running", async () => {
    const broken = { ...props("broken"), webhookAuthConfigFile: join(workDir, "missing.json") };
    await expect(startControlPlane(broken)).rejects.toThrow(/kube-apiserver[\s\S]*missing\.json/);
    expect(await findLeftovers(join(workDir, "broken"))).toEqual([]);
  });
});
