import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsBrowser, startBrowser, watchedPage } from "./support/browser";
import { startsPrograms } from "./support/programs";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Serves files of a folder on loopback. */
function serve(folder: string): Server {
  return createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const file = join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
}

describe("the site that npm run site writes", startsPrograms, () => {
  let server: Server;
  let browser: Browser | undefined;
  let address: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "site-"));
    const built = spawnSync("npm", ["run", "site", "--", "--outDir", folder], {
      cwd: join(__dirname, ".."),
      encoding: "utf8",
    });
    expect(built.status, built.stderr).toBe(0);
    server = serve(folder);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${Object(server.address()).port}`;
    browser = await startBrowser();
  }, startsPrograms.timeout);

  afterAll(async () => {
    await browser?.close();
    server.close();
  });

  it.each([
    ["in light", "/index.html", { colorScheme: "light" }],
    ["in dark", "/choosing-a-door.html", { colorScheme: "dark" }],
    ["on a phone", "/troubleshooting.html", { width: 390, height: 844 }],
    ["on a phone, with the widest table", "/options.html", { width: 390, height: 844 }],
  ] as const)("is whole %s, fits the screen and asks no other host", async (_where, path, options) => {
    if (browser === undefined) return;
    const { page, said, asked } = await watchedPage(browser, options);
    await page.goto(`${address}${path}`, { waitUntil: "networkidle" });
    expect(asked.filter((url) => !url.startsWith(`${address}/`) && !url.startsWith("data:"))).toEqual([]);
    expect(said.filter((line) => !line.includes("404"))).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    expect(await page.textContent("h1")).not.toBe("404");
    await page.close();
  });

  it("finds a message by a word of it, without a server", async (context) => {
    needsBrowser(context);
    if (browser === undefined) return;
    const { page } = await watchedPage(browser);
    await page.goto(`${address}/index.html`, { waitUntil: "networkidle" });
    await page.click(".VPNavBarSearch button");
    await page.fill(".search-input", "ImagePullBackOff");
    await page.waitForSelector(".result");
    expect((await page.locator(".result").allInnerTexts()).join()).toContain("Troubleshooting");
    await page.close();
  });
});
