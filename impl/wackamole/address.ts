/** 4 or 6 for the text of an IP address, undefined for anything else. */
export function family(ip: string): 4 | 6 | undefined {
  if (isIpv4(ip)) return 4;
  return isIpv6(ip) ? 6 : undefined;
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

/** RFC 4291 section 2.2: eight groups, one run of zeros shortened to `::`, the last two perhaps as an IPv4 address. */
function isIpv6(text: string): boolean {
  const sides = text.split("::");
  if (sides.length > 2) return false;
  const last = sides.length - 1;
  let groups = 0;
  for (const [index, side] of sides.entries()) {
    if (side === "") continue;
    const parts = side.split(":");
    for (const [place, part] of parts.entries()) {
      const ends = index === last && place === parts.length - 1;
      if (ends && isIpv4(part)) groups += 2;
      else if (/^[0-9a-f]{1,4}$/i.test(part)) groups += 1;
      else return false;
    }
  }
  return sides.length === 2 ? groups < 8 : groups === 8;
}
