import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsBrowser, startBrowser, watchedPage } from "../../support/browser";
import { startsPrograms } from "../../support/programs";
import { pageFile } from "./page-file";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

describe("the page of a review", startsPrograms, () => {
  let browser: Browser | undefined;
  let address: string;
  beforeAll(async () => {
    address = await pageFile("<b>this</b>");
    browser = await startBrowser();
  }, startsPrograms.timeout);
  afterAll(async () => browser?.close());

  const opened = async (options: Parameters<typeof watchedPage>[1] = {}, hash = "") => {
    if (browser === undefined) throw new Error("no browser");
    const watched = await watchedPage(browser, options);
    await watched.page.goto(`${address}${hash}`);
    return watched;
  };

  it("needs nothing else: no request leaves it, and it has nothing to complain about", async (context) => {
    needsBrowser(context);
    const { page, said, asked } = await opened();
    await page.keyboard.press("j");
    expect({ said, others: asked.filter((url) => url !== address) }).toEqual({ said: [], others: [] });
    await page.close();
  });

  it("links to the source of what it says instead of printing its address", async (context) => {
    needsBrowser(context);
    const { page } = await opened();
    const source = page.locator("#look-2").getByRole("link", { name: "source" });
    expect(await source.getAttribute("href")).toMatch(/^https:\/\/registry\.terraform\.io\/.*ecr_repository$/);
    expect(await page.locator("#look-2").textContent()).not.toContain("https://");
    await page.close();
  });

  it("shows text of the review as text", async (context) => {
    needsBrowser(context);
    const { page } = await opened();
    expect(await page.locator("h1").textContent()).toBe("Review of <b>this</b> against main");
    await page.close();
  });

  it("filters the rows of every table, keeps the filter in its address, and says how many are left", async (context) => {
    needsBrowser(context);
    const { page } = await opened();
    const all = await page.locator("[data-row]").count();
    await page.getByLabel("Filter every table").fill("aws_subnet replaced");
    const left = await page.locator("[data-row]:not([hidden])").count();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(all);
    expect(await page.getByRole("status").textContent()).toBe(`${left} of ${all} rows`);
    expect(new URL(page.url()).searchParams.get("q")).toBe("aws_subnet replaced");
    await page.reload();
    expect(await page.locator("[data-row]:not([hidden])").count()).toBe(left);
    await page.close();
  });

  it("opens what a link leads to", async (context) => {
    needsBrowser(context);
    const { page } = await opened({}, "#dev/cluster/aws_eks_cluster.cluster");
    expect(await page.locator("tr.here").getAttribute("id")).toBe("dev/cluster/aws_eks_cluster.cluster");
    expect(await page.locator("tr.here").isVisible()).toBe(true);
    await page.close();
  });

  it("can be gone through by the keyboard: / filters, j and k go from row to row, Enter follows a way", async (context) => {
    needsBrowser(context);
    const { page } = await opened();
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.id")).toBe("filter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await page.locator("tr.here").getAttribute("id")).toBe("look-2");
    await page.keyboard.press("k");
    expect(await page.locator("tr.here").getAttribute("id")).toBe("look-1");
    const door = page.locator("svg [data-node][tabindex]").first();
    await door.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("svg .faint").count()).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    expect(await page.locator("svg .faint").count()).toBe(0);
    await page.close();
  });

  it.for([
    { name: "light", options: {} },
    { name: "dark", options: { colorScheme: "dark" } },
    { name: "on a phone", options: { width: 390, height: 844 } },
  ] as const)("has nothing that axe finds wrong, and does not scroll sideways: $name", async ({ options }, context) => {
    needsBrowser(context);
    const { page } = await opened(options);
    await page.evaluate(axe);
    const violations: unknown = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`))",
    );
    expect(violations).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.close();
  });
});
