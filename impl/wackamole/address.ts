/** 4 or 6 for the text of an IP address, undefined for anything else; a zone (`%eth0`) is no part of an address. */
export function family(ip: string): 4 | 6 | undefined {
  if (isIpv4(ip)) return 4;
  return words(ip) === undefined ? undefined : 6;
}

/** One text for all the ways to write an address; what is no address is left as it is. */
export function spelling(ip: string): string {
  return (
    words(ip)
      ?.map((word) => word.toString(16))
      .join(":") ?? ip
  );
}

/** Whether an address is of one link alone: fe80::/10 (RFC 4291 section 2.5.6), 169.254.0.0/16 (RFC 3927). */
export function isLinkLocal(ip: string): boolean {
  const [first = 0] = words(ip) ?? [];
  return isIpv4(ip) ? ip.startsWith("169.254.") : (first & 0xffc0) === 0xfe80;
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

/** RFC 4291 section 2.2: eight words, one run of zeros shortened to `::`, the last two perhaps as an IPv4 address. */
function words(text: string): readonly number[] | undefined {
  const [head = "", tail, ...more] = text.split("::");
  const before = wordsOf(head, tail === undefined);
  const after = wordsOf(tail ?? "", true);
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  if (tail === undefined) return before.length === 8 ? before : undefined;
  const zeros = 8 - before.length - after.length;
  return zeros > 0 ? [...before, ...Array<number>(zeros).fill(0), ...after] : undefined;
}

/** The words on one side of `::`, or of the whole. */
function wordsOf(side: string, isLast: boolean): readonly number[] | undefined {
  const parts = side === "" ? [] : side.split(":");
  const found: number[] = [];
  for (const [place, part] of parts.entries()) {
    if (isLast && place === parts.length - 1 && isIpv4(part)) {
      const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
      found.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return found;
}
