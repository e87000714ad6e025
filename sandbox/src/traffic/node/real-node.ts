import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { holdsWithin } from "../../waiting";
import { linkCommands } from "../network/links";
import { addNamespace, inNamespace, runIn } from "../network/namespaces";
import { run, systemEnvironment } from "../run";
import { addCgroup } from "./cgroups";
import { type NodeConfiguration, nodeFiles } from "./configuration";
import type { NodePrograms } from "./programs";

export interface RealNodeProps {
  readonly programs: NodePrograms;
  readonly configuration: NodeConfiguration;
  readonly namespace: string;
  /** The router's namespace, and the name of its interface that leads here. */
  readonly router: { readonly namespace: string; readonly interfaceName: string };
}

/** A node whose pods run: containerd, kubelet and kube-proxy in namespaces of their own. */
export class RealNode {
  private constructor(
    private readonly props: RealNodeProps,
    private readonly init: ChildProcess,
  ) {}

  static async start(props: RealNodeProps): Promise<RealNode> {
    const { configuration, namespace, router, programs } = props;
    const { folder, address, podCidr } = configuration;
    rmSync(folder, { recursive: true, force: true });
    for (const [path, content] of Object.entries(nodeFiles(configuration))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: 0o600 });
    }
    addCgroup(configuration.cgroup.replace(/^\//, ""));
    await addNamespace(namespace);
    const { interfaceName } = router;
    const commands = linkCommands({ namespace, interfaceName, addresses: [address], networks: [podCidr] });
    await runIn(router.namespace, "ip", ["-batch", "-"], commands.router.join("\n"));
    await runIn(namespace, "ip", ["-batch", "-"], commands.own.join("\n"));
    // When `unshare` ends, the kernel ends the node's first process, and with that one every other.
    const [program, args] = inNamespace(namespace, "unshare", [
      ...["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
      ...["bash", join(__dirname, "node.sh"), folder, programs.kubelet, programs["kube-proxy"]],
    ]);
    const log = openSync(join(folder, "node.log"), "a");
    const init = spawn(program, args, { stdio: ["ignore", log, log], env: systemEnvironment() });
    closeSync(log);
    init.on("error", () => undefined);
    return new RealNode(props, init);
  }

  get namespace(): string {
    return this.props.namespace;
  }

  /** How it ended; undefined while it runs. */
  get ended(): string | undefined {
    const { exitCode, signalCode } = this.init;
    return exitCode === null && signalCode === null ? undefined : `ended with ${exitCode ?? signalCode}`;
  }

  async stop(): Promise<void> {
    this.init.kill("SIGKILL");
    await holdsWithin(10_000, () => this.ended !== undefined);
    await run("ip", ["netns", "delete", this.props.namespace]);
  }
}
