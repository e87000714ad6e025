import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsBrowser, startBrowser, watchedPage } from "../../support/browser";
import { startsPrograms } from "../../support/programs";
import { pageFile } from "./page-file";

const folder = join(__dirname, "..", "..", "..", "docs", "review");
const anew = process.env["UPDATE_PICTURES"] !== undefined;

/** Pictures of the page, and how it is looked at. */
const pictures = [
  { file: "page-light", options: { width: 1280, height: 900 } },
  { file: "page-dark", options: { width: 1280, height: 900, colorScheme: "dark" } },
  { file: "page-phone", options: { width: 390, height: 844 } },
] as const;

describe("pictures of the page in the documentation", startsPrograms, () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  }, startsPrograms.timeout);
  afterAll(async () => browser?.close());

  // Pixels differ with the fonts of a machine; what can be read on a picture does not.
  it.for(pictures)("show what the page says: $file", async ({ file, options }, context) => {
    needsBrowser(context);
    if (browser === undefined) throw new Error("no browser");
    const { page } = await watchedPage(browser, { ...options });
    await page.goto(await pageFile());
    const text = String(await page.evaluate(upperText));
    if (anew) {
      await page.screenshot({ path: join(folder, `${file}.png`) });
      writeFileSync(join(folder, "page.txt"), text);
    }
    expect(text).toBe(readFileSync(join(folder, "page.txt"), "utf8"));
    await page.close();
  });
});

/** What the upper part of the page says, a line each: title, environments, and the first rows of what to look at. */
const upperText = `[...document.querySelectorAll("h1, nav li, #look, #look-1 td, #look-2 td, #look-3 td, #look-4 td, #look-5 td")]
  .map((one) => one.innerText.replace(/\\s+/g, " ").trim())
  .join("\\n") + "\\n"`;
