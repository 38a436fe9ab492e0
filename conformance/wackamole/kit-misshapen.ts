import type { Config } from "../../impl/wackamole/index.ts";

/**
 * Events that are whole, each with one thing different anywhere inside: a value of every type of JSON in the place of
 * every part, a part more, a part less, and texts around the limits. The reducer says which are still well-formed.
 */
export function misshapen(config: Config): readonly unknown[] {
  return whole(config).flatMap((event) => [...variants(event), ...texts(event)]);
}

/** One event of each type, with something in every list and record. */
function whole(config: Config): readonly Json[] {
  const { self, groups } = config;
  const names = groups.map(({ name }) => name);
  const hosts = [{ ip: "10.0.0.99", interface: "eth0" }];
  return [
    ...["DISCONNECT", "MATURE_TIMEOUT", "BALANCE_TIMEOUT"].map((type) => ({ type })),
    { type: "SHARE_TIMEOUT", cache: hosts },
    { type: "VIEW_CHANGE", view: { id: "v", members: [self, "other"] } },
    { type: "STATE_MSG", sender: self, view: "v", owns: names, mature: true, prefers: names },
    { type: "BALANCE_MSG", sender: self, table: Object.fromEntries(names.map((name) => [name, self])) },
    { type: "RELEASED_MSG", sender: self, released: names },
    { type: "HOSTS_MSG", sender: self, hosts },
  ];
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const ofEachType: readonly Json[] = [null, true, false, 0, 1, "", "text", [], ["text"], {}, { text: "text" }];

/** A value with another in the place of one of its parts, without one of them, and with one more. */
function* variants(value: Json): Iterable<Json> {
  if (typeof value !== "object" || value === null) return;
  const entries = Object.entries(value);
  const made = (parts: readonly (readonly [string, Json])[]): Json =>
    Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  yield made([...entries, ["more", 1]]);
  for (const [at, [key, part]] of entries.entries()) {
    yield made(entries.toSpliced(at, 1));
    for (const other of [...ofEachType, ...variants(part)]) yield made(entries.with(at, [key, other]));
  }
}

/** Texts that hardly are, or hardly are not, what they are to be; for each field of this name. */
const delicate: Readonly<Record<string, readonly string[]>> = {
  sender: ["__proto__", " ", "s".repeat(1_000)],
  id: ["__proto__", "v".repeat(1_000)],
  ip: [
    ...["0.0.0.0", "255.255.255.255", "10.0.0.09", "010.0.0.9", "10.0.0.256", "10.0.0", "10.0.0.9.9", "10.0.0.9 "],
    ...["fe80::9", "fe80::9%eth0", "::", "::00009", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::10.0.0.9"],
    ...["::10.0.0.09", "10.0.0.9::", ":9", "[::9]", "::g", "host", "10.0.0.9/24", "10.0.0.9%eth0"],
    // As long as an address can be, and longer.
    ...[`${"0000:".repeat(6)}255.255.255.255`, `${"0000:".repeat(6)}255.255.255.2555`],
  ],
  interface: ["e", "e".repeat(64), "e".repeat(65), "\u00e9".repeat(64), "\u00e9".repeat(65), "__proto__", "%"],
};

/** A value with one of these texts in the place of another, wherever it has such a field. */
function* texts(value: Json): Iterable<Json> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of [...(delicate[key] ?? []), ...texts(part)]) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    }
  }
}
