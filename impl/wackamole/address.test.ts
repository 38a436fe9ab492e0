import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { family, isLinkLocal, spelling } from "./address.ts";

/** What Node says, for text without a zone: Node takes `fe80::1%eth0` for an address, and here it is none. */
function oracle(text: string): 4 | 6 | undefined {
  const version = isIP(text);
  return version === 4 || version === 6 ? version : undefined;
}

const almost = fc
  .array(fc.constantFrom("0", "1", "01", "255", "256", "a", "F00d", "12345", ".", ".", ":", ":", "::", "1.2.3.4"), {
    maxLength: 17,
    size: "max",
  })
  .map((parts) => parts.join(""));

describe("family", () => {
  it.each([
    ["0.0.0.0", 4],
    ["255.255.255.255", 4],
    ["::", 6],
    ["::1", 6],
    ["1::", 6],
    ["2001:DB8::a", 6],
    ["1:2:3:4:5:6:7:8", 6],
    ["1:2:3:4:5:6:7::", 6],
    ["::2:3:4:5:6:7:8", 6],
    ["::ffff:192.0.2.1", 6],
    ["1:2:3:4:5:6:192.0.2.1", 6],
    ...["", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "-1.2.3.4", "1e1.2.3.4"].map(no),
    ...[":", ":::", "1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4::5:6:7:8", "12345::", "g::", ":1:2:3:4:5:6:7"].map(no),
    ...["1.2.3.4::", "1.2.3.4:5:6:7:8:9:10", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::1%eth0"].map(no),
  ] as const)("of %j is %s", (text, version) => {
    expect(family(text)).toBe(version);
    if (!text.includes("%")) expect(oracle(text)).toBe(version);
  });

  it("agrees with Node on addresses", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        expect(family(text)).toBe(oracle(text));
        expect(family(text)).toBeDefined();
      }),
      { seed: 4, numRuns: 3_000 },
    );
  });

  it("agrees with Node on text that is almost an address, and on any other", () => {
    const found = { yes: 0, no: 0 };
    fc.assert(
      fc.property(fc.oneof({ arbitrary: almost, weight: 9 }, fc.string({ unit: "binary" })), (text) => {
        fc.pre(!text.includes("%"));
        expect(family(text)).toBe(oracle(text));
        found[family(text) === undefined ? "no" : "yes"]++;
      }),
      { seed: 5, numRuns: 20_000 },
    );
    expect(found.yes).toBeGreaterThan(100);
    expect(found.no).toBeGreaterThan(10_000);
  });
});

function no(text: string): readonly [string, undefined] {
  return [text, undefined];
}

describe("spelling", () => {
  it("is one for all the ways to write an IPv6 address", () => {
    const ways = ["2001:db8::1", "2001:0DB8:0:0::0001", "2001:db8:0:0:0:0:0:1", "2001:db8::0.0.0.1"];
    expect(new Set(ways.map(spelling)).size).toBe(1);
    expect(spelling("::")).toBe(spelling("0:0:0:0:0:0:0:0"));
    expect(spelling("::ffff:10.1.2.3")).toBe(spelling("::ffff:a01:203"));
  });

  it("differs where the addresses do", () => {
    const others = ["10.0.0.1", "10.0.0.11", "::ffff:10.0.0.1", "::1", "1::", "::1:0", "::10", "nonsense", ""];
    expect(new Set(others.map(spelling)).size).toBe(others.length);
  });

  it("is the same however an address is shortened", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 8, maxLength: 8 }), (words) => {
        const long = words.map((word) => word.toString(16).padStart(4, "0")).join(":");
        // The host name of a URL is the shortest spelling that there is (RFC 5952).
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
        expect(spelling(short)).toBe(spelling(long));
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

describe("a link-local address", () => {
  it.each(["fe80::", "fe80::1", "febf:ffff::1", "169.254.0.1"])("is %s", (ip) => {
    expect(isLinkLocal(ip)).toBe(true);
  });

  it.each(["fe7f::1", "fec0::1", "::fe80", "169.253.255.255", "10.169.254.1", "nonsense"])("is not %s", (ip) => {
    expect(isLinkLocal(ip)).toBe(false);
  });
});
