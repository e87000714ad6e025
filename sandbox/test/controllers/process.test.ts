import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeSecretFiles } from "../../src/controllers/process";
import { temporaryFolder } from "../fixtures";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("the files of a mounted Secret", () => {
  it("are its keys, decoded", () => {
    const folder = join(temporaryFolder(), "secret");
    writeSecretFiles(folder, { "tls.crt": base64("certificate"), "tls.key": "AAH/" });
    expect(readdirSync(folder)).toEqual(["tls.crt", "tls.key"]);
    expect(readFileSync(join(folder, "tls.crt"), "utf8")).toBe("certificate");
    expect([...readFileSync(join(folder, "tls.key"))]).toEqual([0x00, 0x01, 0xff]);
  });

  it("can be read by nobody else", () => {
    const folder = join(temporaryFolder(), "pod", "secret");
    writeSecretFiles(folder, { "tls.key": base64("key") });
    expect([modeOf(folder), modeOf(join(folder, "tls.key"))]).toEqual(["700", "600"]);
  });

  it("are those of the Secret as it is now: a key that it lost is gone", () => {
    const folder = join(temporaryFolder(), "secret");
    writeSecretFiles(folder, { "ca.crt": base64("old"), "tls.crt": base64("old") });
    writeSecretFiles(folder, { "tls.crt": base64("new") });
    expect(readdirSync(folder)).toEqual(["tls.crt"]);
    expect(readFileSync(join(folder, "tls.crt"), "utf8")).toBe("new");
  });
});
