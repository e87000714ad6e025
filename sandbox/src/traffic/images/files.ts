import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { run, systemEnvironment } from "../run";

/** The root file system of an image, as it grows in a folder. */
export class ImageFiles {
  constructor(readonly root: string) {
    for (const folder of ["etc", "tmp", "run", "var", "dev", "proc", "sys", "bin"]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    chmodSync(join(root, "tmp"), 0o1777);
  }

  write(path: string, content: string): void {
    mkdirSync(join(this.root, dirname(path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  folder(path: string, mode = 0o755): void {
    mkdirSync(join(this.root, path), { recursive: true });
    chmodSync(join(this.root, path), mode);
  }

  /** Users and groups by their ids. */
  users(names: Readonly<Record<string, number>>): void {
    const all = Object.entries({ root: 0, ...names });
    this.write("etc/passwd", all.map(([name, id]) => `${name}:x:${id}:${id}::/:/bin/sh\n`).join(""));
    this.write("etc/group", all.map(([name, id]) => `${name}:x:${id}:\n`).join(""));
  }

  /** A program of this machine with every library that it is linked to. */
  async program(path: string): Promise<void> {
    this.copy(path);
    for (const library of await librariesOf(path)) {
      this.copy(library);
    }
  }

  /** The files of Debian packages, with the libraries that their programs and extensions are linked to. */
  async packages(...names: readonly string[]): Promise<void> {
    const listed = (await run("dpkg", ["-L", ...names])).split("\n");
    const files = [...new Set(listed)].filter(isFile);
    const archive = `${this.root}.packages.tar`;
    await run(
      "tar",
      ["-cf", archive, "--no-recursion", "-C", "/", "-T", "-"],
      files.map((path) => path.slice(1)).join("\n"),
    );
    await run("tar", ["-xf", archive, "-C", this.root]);
    rmSync(archive);
    const linked = files.filter((path) => /\.so$|\/bin\/python3\.\d+$/.test(path));
    const libraries = await Promise.all(linked.map((path) => librariesOf(path)));
    for (const library of new Set(libraries.flat())) {
      this.copy(library);
    }
  }

  /** A static BusyBox, as `sh` and whatever else is asked for. */
  busybox(...names: readonly string[]): void {
    this.copyAs(busyboxPath(), "bin/busybox");
    for (const name of ["sh", ...names]) {
      symlinkSync("busybox", join(this.root, "bin", name));
    }
  }

  copy(path: string): void {
    this.copyAs(path, path);
  }

  copyAs(path: string, target: string): void {
    const destination = join(this.root, target);
    mkdirSync(dirname(destination), { recursive: true });
    cpSync(realpathSync(path), destination, { recursive: true, dereference: true });
  }
}

function isFile(path: string): boolean {
  return path.startsWith("/") && existsSync(path) && !lstatSync(path).isDirectory();
}

function busyboxPath(): string {
  const path = ["/bin/busybox", "/usr/bin/busybox"].find(existsSync);
  if (path === undefined) {
    throw new Error("there is no busybox to make images of: apt-get install busybox-static");
  }
  return path;
}

async function librariesOf(program: string): Promise<readonly string[]> {
  const output = await run("ldd", [program]);
  return output.split("\n").flatMap((line) => /(?:=> |^\s*)(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}

/** Path of a program, administrators' ones included. */
export function programPath(name: string): string {
  const folder = (systemEnvironment()["PATH"] ?? "").split(":").find((each) => existsSync(join(each, name)));
  if (folder === undefined) {
    throw new Error(`there is no program ${name} to make images of`);
  }
  return join(folder, name);
}
