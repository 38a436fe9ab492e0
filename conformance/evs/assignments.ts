/** The assignments of constants and definitions of a configuration, one a line, their white space made uniform. */
export function assignments(cfg: string): string[] {
  const bare = cfg.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, "");
  return [...bare.matchAll(/(\w+)\s*(=|<-)\s*(\{[^}]*\}|\S+)/g)].map(
    ([, name, sign, value]) => `${name} ${sign} ${value}`,
  );
}

/** The words of a set of strings. */
export function words(set: string): string[] {
  return [...set.matchAll(/"(\w+)"/g)].map(([, word = ""]) => word);
}
