/** The name of a process. */
export type Process = string;

/** The processes that the service is for, sorted: a set of them is a list in this order, and without repetition. */
export interface Config {
  readonly processes: readonly Process[];
}

/** Whether a text can name a process: it is a key of plain records, and part of the names of configurations. */
function isName(text: unknown): text is Process {
  return typeof text === "string" && text !== "" && text !== "__proto__" && !text.includes(",");
}

/** What is wrong with a configuration, one sentence each; empty when it is a {@link Config} that can be used. */
export function problems(config: unknown): readonly string[] {
  const processes: unknown =
    typeof config === "object" && config !== null && "processes" in config ? config.processes : undefined;
  if (!Array.isArray(processes)) return ["processes: expected a list of names"];
  const names = processes.filter(isName);
  if (names.length === 0) return ["processes: expected at least one name"];
  return [
    ...(names.length < processes.length ? ["processes: expected names without a comma, and not empty"] : []),
    ...(names.every((name, at) => at === 0 || (names[at - 1] ?? "") < name)
      ? []
      : ["processes: expected names that are sorted, each once"]),
  ];
}
