import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pagesOf } from "../report/index.ts";
import { isThere, launch } from "../report/testing/browser.ts";
import { brokenLinks } from "../report/testing/html.ts";
import { reportOf } from "../report/testing/samples.ts";
import { report } from "./report.ts";
import { writeWhole } from "./results-file.ts";

const there = await isThere();
if (!there) console.warn("NOT TESTED in a browser: there is no /usr/bin/chromium; apt-get install chromium");

let folder: string;
let paths: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-report-"));
  await report({ out: folder });
  // Beside what there is of our protocols, one that says what is hostile wherever it can.
  for (const [path, text] of pagesOf(reportOf())) {
    if (path.includes("/")) await writeWhole(join(folder, path), text);
  }
  const entries = await readdir(folder, { recursive: true });
  paths = entries.filter((path) => path.endsWith(".html")).sort();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("a report on all protocols has no link that leads nowhere, and no program", async () => {
  expect(paths.length).toBeGreaterThan(100);
  const texts = await Promise.all(
    [...paths, "style.css"].map(
      async (path): Promise<[string, string]> => [path, await readFile(join(folder, path), "utf8")],
    ),
  );
  const pages = new Map(texts);
  expect(brokenLinks(pages)).toEqual([]);
  for (const [path, text] of pages) expect(/<script|https?:\/\/(?!www\.w3\.org)[^"]*"/.test(text), path).toBe(false);
});

describe.skipIf(!there)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /** Pages of sources and of traces are alike, so two of each are enough where all have been opened once. */
  const some = (all: readonly string[]): string[] => {
    const first = (kind: string): string[] => all.filter((path) => path.includes(`/${kind}/`)).slice(0, 2);
    return [...all.filter((path) => !/\/(?:source|trace)\//.test(path)), ...first("source"), ...first("trace")];
  };

  it.each([
    { width: 1280, colorScheme: "light", javaScriptEnabled: true, of: (all: readonly string[]) => all },
    { width: 390, colorScheme: "dark", javaScriptEnabled: false, of: some },
  ] as const)("every page opens at $width px ($colorScheme), fits, and can be read", async ({ of, ...setting }) => {
    const context = await browser.newContext({ ...setting, viewport: { width: setting.width, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("requestfailed", (request) => complaints.push(`${page.url()}: cannot load ${request.url()}`));
    const requests = new Set<string>();
    page.on("request", (request) => requests.add(new URL(request.url()).protocol));
    for (const path of of(paths)) complaints.push(...(await faultsOf(page, path)));
    expect(complaints).toEqual([]);
    expect([...requests].sort()).toEqual(["file:"]);
    await context.close();
  });

  it("finds what is too wide, and what cannot be read", async () => {
    const path = "planted.html";
    const text = '<body style="background:#fff"><p style="color:#bbb">pale</p><p style="width:5000px">wide</p>';
    await writeWhole(join(folder, path), text);
    const page = await browser.newPage();
    expect(await faultsOf(page, path)).toEqual([
      expect.stringContaining("wider than the window"),
      expect.stringContaining("contrast of 1.9"),
    ]);
    await page.close();
  });

  it("shows a line that is linked to, and draws each process of a trace", async () => {
    const page = await browser.newPage();
    await page.goto(address("wackamole/rules.html"));
    const line = page.locator("#W10 ~ .beside .marked a.number").first();
    const number = await line.textContent();
    await line.click();
    expect(page.url()).toMatch(new RegExp(`source/spec/wackamole/Wackamole\\.tla\\.html#L${number}$`));
    expect(await page.locator(".line:target").textContent()).toContain("W10");
    await page.goto(address("wackamole/trace/WitnessGap.html"));
    expect(await page.locator("svg .lane").allTextContents()).toEqual(["s1", "s2"]);
    expect(await page.locator("svg .message").count()).toBeGreaterThan(3);
    await page.close();
  });
});

function address(path: string): string {
  return pathToFileURL(join(folder, path)).href;
}

/** What is wrong with a page as it is shown. */
async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(address(path));
  const { width, wide, pale, owned } = await page.evaluate(inspect);
  return [
    ...(wide > width ? [`${path} is ${wide} px wide, wider than the window with ${width}`] : []),
    ...pale.map((one) => `${path}: ${one}`),
    ...(owned ? [`${path} ran what it should show`] : []),
  ];
}

/** Runs in the page. Contrast is that of WCAG, which asks for 4.5 : 1. */
function inspect(): { width: number; wide: number; pale: string[]; owned: boolean } {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element | null): string => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const pale = new Set<string>();
  // What stands in the same places in the same classes looks the same: a page of sources has thousands of lines.
  const seen = new Set<string>();
  const alike = (element: Element | null): string =>
    element === null ? "" : `${alike(element.parentElement)} ${element.tagName}.${element.getAttribute("class") ?? ""}`;
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "");
    if (!hasText || seen.size === seen.add(alike(element)).size) continue;
    if (element.classList.contains("anchor") || element.getClientRects().length === 0) continue;
    const { color, fill } = getComputedStyle(element);
    const [text, ground] = [element instanceof SVGElement ? fill : color, behind(element)].map(luminance);
    const [light, dark] = [Math.max(text ?? 0, ground ?? 0), Math.min(text ?? 0, ground ?? 0)];
    const ratio = (light + 0.05) / (dark + 0.05);
    const name = `${element.tagName}.${element.getAttribute("class") ?? ""}`;
    if (ratio < 4.5) pale.add(`${name} has a contrast of ${ratio.toFixed(1)}`);
  }
  const { clientWidth, scrollWidth } = document.documentElement;
  return { width: clientWidth, wide: scrollWidth, pale: [...pale], owned: "owned" in window };
}
