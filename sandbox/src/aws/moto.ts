import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { marker } from "../marked-processes";
import { commandLine, endProcess, processExists } from "../processes";
import { holdsWithin } from "../waiting";
import { pythonEnvironment } from "./python-environment";

const server = join(__dirname, "moto-server.py");
const startTimeoutSeconds = 60;

/** Seconds that moto goes on after the process that owns it has died, so that another can take over. */
const graceSeconds = 120;

const address = z.object({ pid: z.number(), port: z.number(), accountId: z.string() });

/** A running moto server. */
export interface MotoServer {
  readonly pid: number;
  readonly port: number;
  /** Ends the server and waits until its process is gone. Everything it held is lost. */
  stop(): Promise<void>;
}

export interface MotoOptions {
  /** An existing folder; the server's address, owner and log are kept there. */
  readonly workDir: string;
  /** The AWS account that every caller is in, twelve digits. */
  readonly accountId: string;
}

/**
 * Starts moto on 127.0.0.1 at a free port, or takes over the one that a process now dead started for the same folder:
 * what was made there is then still there.
 *
 * @throws when Python is missing, when another process that lives owns the folder's server, or when moto does not
 * answer within a minute
 */
export async function startMoto(options: MotoOptions): Promise<MotoServer> {
  const files = motoFiles(options.workDir);
  const left = await running(files);
  if (left !== undefined) {
    const owner = existsSync(files.owner) ? Number(readFileSync(files.owner, "utf8")) : 0;
    if (owner > 0 && owner !== process.pid && processExists(owner)) {
      throw new Error(
        `sandbox: process ${owner} runs a sandbox in ${options.workDir} already, and two would undo each other's work. ` +
          "Stop that one first, or give this one a work folder of its own.",
      );
    }
    if (left.accountId === options.accountId) {
      writeFileSync(files.owner, String(process.pid));
      return { pid: left.pid, port: left.port, stop: () => stop(left.pid, files) };
    }
    await stop(left.pid, files);
  }
  return launch(options, files);
}

/** Ends the moto server that a sandbox left in this folder when it died. Does nothing when there is none. */
export async function stopAbandonedMoto(workDir: string): Promise<void> {
  const files = motoFiles(workDir);
  const left = await running(files);
  if (left !== undefined) {
    await stop(left.pid, files);
  }
}

interface MotoFiles {
  readonly address: string;
  readonly owner: string;
  readonly log: string;
}

function motoFiles(workDir: string): MotoFiles {
  const folder = resolve(workDir);
  return {
    address: join(folder, "moto.json"),
    owner: join(folder, "moto.owner"),
    log: join(folder, "moto.log"),
  };
}

async function running(files: MotoFiles): Promise<z.infer<typeof address> | undefined> {
  if (!existsSync(files.address)) {
    return undefined;
  }
  const found = address.parse(JSON.parse(readFileSync(files.address, "utf8")));
  // The id may long belong to something else; only a command line that names our address file is our server.
  return (await commandLine(found.pid))?.includes(files.address) ? found : undefined;
}

async function launch(options: MotoOptions, files: MotoFiles): Promise<MotoServer> {
  const { python } = await pythonEnvironment();
  rmSync(files.address, { force: true });
  writeFileSync(files.owner, String(process.pid));
  const log = openSync(files.log, "a");
  const child = spawn(
    python,
    [server, "--address-file", files.address, "--owner-file", files.owner, "--grace", String(graceSeconds)],
    {
      detached: true,
      stdio: ["ignore", log, log],
      env: {
        PATH: process.env["PATH"],
        ...(process.env[marker] === undefined ? {} : { [marker]: process.env[marker] }),
        MOTO_ACCOUNT_ID: options.accountId,
        // Otherwise AttachRolePolicy answers that AmazonEKSClusterPolicy and its like do not exist.
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
        // Seconds until a certificate that asks for validation is issued; moto waits a minute by default.
        MOTO_ACM_VALIDATION_WAIT: "1",
      },
    },
  );
  closeSync(log);
  const ended = new Promise<string>((settle) => {
    child.once("error", (error) => settle(error.message));
    child.once("exit", (code, signal) => settle(`it ended with ${code ?? signal}`));
  });
  child.unref();
  const pid = child.pid;
  const started = await Promise.race([ended, answering(files)]);
  if (pid === undefined || typeof started === "string") {
    throw new Error(
      `sandbox: moto did not start: ${String(started)}. Without it there is no AWS API. Its log ends with:\n` +
        `${lastLines(files.log)}\nIf a package is missing or broken, delete the sandbox's cache folder and try again.`,
    );
  }
  return { pid, port: started.port, stop: () => stop(pid, files) };
}

async function answering(files: MotoFiles): Promise<z.infer<typeof address> | string> {
  let found: z.infer<typeof address> | undefined;
  const answers = await holdsWithin(startTimeoutSeconds * 1000, async () => {
    if (!existsSync(files.address)) {
      return false;
    }
    found = address.parse(JSON.parse(readFileSync(files.address, "utf8")));
    const response = await fetch(`http://127.0.0.1:${found.port}/moto-api/`).catch(() => undefined);
    return response?.ok === true;
  });
  return answers && found !== undefined ? found : `no answer in ${startTimeoutSeconds} seconds`;
}

async function stop(pid: number, files: MotoFiles): Promise<void> {
  await endProcess(pid);
  rmSync(files.address, { force: true });
  rmSync(files.owner, { force: true });
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-10).join("\n");
}
