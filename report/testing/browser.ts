import { access } from "node:fs/promises";
import { type Browser, chromium } from "playwright-core";

/** Where Debian's package puts the browser. */
const PATH = "/usr/bin/chromium";

export async function isThere(): Promise<boolean> {
  return access(PATH).then(
    () => true,
    () => false,
  );
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}
