import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import type { TestContext } from "vitest";

/** Where a Chromium may be; `CHROMIUM` names another. */
const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const program = places.find((place) => place !== undefined && existsSync(place));

/** Skips a test where there is no browser, with the reason. */
export function needsBrowser(context: TestContext): void {
  if (program === undefined) context.skip("no Chromium is installed; CHROMIUM says where one is");
}

/** Starts a browser; undefined where there is none. */
export async function startBrowser(): Promise<Browser | undefined> {
  if (program === undefined) return undefined;
  // Containers run as root, where Chromium's own sandbox does not start.
  return chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
}

/** A page, with everything that it says or asks for kept. */
export interface Watched {
  readonly page: Page;
  readonly said: readonly string[];
  readonly asked: readonly string[];
}

export async function watchedPage(
  browser: Browser,
  options: { readonly width?: number; readonly height?: number; readonly colorScheme?: "light" | "dark" } = {},
): Promise<Watched> {
  const { width = 1280, height = 900, colorScheme = "light" } = options;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  const [said, asked]: [string[], string[]] = [[], []];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  return { page, said, asked };
}
