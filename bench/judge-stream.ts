import type { RecordedEvent } from "../conformance/evs/judge/index.ts";

const NAMES = ["p", "q", "r", "s", "t"];
/** How the processes are divided, by turns. */
const DIVISIONS = [["pqrst"], ["pqr", "st"], ["pqrst"], ["pq", "r", "st"]];
/** Messages in a configuration of all, and how far a process may be behind the first. */
const MESSAGES = 20_000;
const BEHIND = 50;

/** A correct recording of five processes, without end: configurations come and go, half of the messages are safe. */
export function* stream(): Generator<RecordedEvent> {
  const numbers = new Map(NAMES.map((name) => [name, 0]));
  for (let round = 0; ; round++) {
    const groups = DIVISIONS[round % DIVISIONS.length] ?? [];
    const next = DIVISIONS[(round + 1) % DIVISIONS.length] ?? [];
    for (const group of groups) yield* install(group, `r${round}${group}`, "regular");
    for (const group of groups) yield* messages(group, numbers, MESSAGES / groups.length);
    for (const group of groups) {
      for (const other of next) {
        const together = [...group].filter((name) => other.includes(name)).join("");
        if (together !== "") yield* install(together, `t${round}${together}`, "transitional");
      }
    }
  }
}

function* install(group: string, id: string, kind: "regular" | "transitional"): Generator<RecordedEvent> {
  const members = [...group];
  for (const process of group) yield { process, event: "configuration", kind, id, members };
}

/** Messages in one order, delivered by all, each as far behind as a wheel has it; at the end all have caught up. */
function* messages(group: string, numbers: Map<string, number>, times: number): Generator<RecordedEvent> {
  const order: [string, number][] = [];
  const delivered = new Map([...group].map((name) => [name, 0]));
  for (let at = 0; at < times + BEHIND; at++) {
    if (at < times) {
      const process = group[(at * 7) % group.length] ?? "";
      const number = (numbers.get(process) ?? 0) + 1;
      numbers.set(process, number);
      order.push([process, number]);
      yield { process, event: "send", number, service: at % 2 === 0 ? "safe" : "agreed" };
    }
    for (const [place, process] of [...group].entries()) {
      const until = at >= times ? times : at - ((at * (place + 3)) % BEHIND);
      for (let next = delivered.get(process) ?? 0; next < until; next++) {
        const [sender, number] = order[next] ?? ["", 0];
        yield { process, event: "deliver", sender, number };
        delivered.set(process, next + 1);
      }
    }
  }
}
