import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const platform = process.platform === "win32" ? "win" : process.platform;
const prefix = platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";

/**
 * The folder of the program of a line of Node, the newest that npm has for this machine, installed below `cache` unless
 * it is already. npm's package `node` fetches it in an install script; what that fetches is an ordinary package as well.
 */
export function installNode(cache: string, line: string): string {
  const name = `${prefix}-${platform}-${process.arch}`;
  const folder = join(cache, line);
  const program = join(folder, "node_modules", name, "bin");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const into = ["--prefix", folder, "--no-save", "--no-package-lock", "--no-workspaces", "--ignore-scripts"];
    execFileSync("npm", ["install", ...into, `${name}@${line}`], { stdio: "inherit" });
  }
  return program;
}
