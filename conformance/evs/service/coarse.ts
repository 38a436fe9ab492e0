import { logOf, type Process, rest, type State } from "../../../impl/evs/service/index.ts";
import { type Bounds, lastNumber, type Move } from "./world.ts";

// What the models coarsen: choices that the service leaves open, and that a configuration does not try.

/** Which restriction a move that the service allows does not keep to, if there is one. */
export function restriction(bounds: Bounds, service: State, move: Move): string | undefined {
  switch (move.type) {
    case "Send":
      return bounds.places === "any" || move.at > endOf(service, move.process) ? undefined : "AtEnd";
    case "Recover":
      return isNumber(bounds, service, [move.process], move.number) ? undefined : "NewNumbers";
    case "Repair": {
      if (bounds.repairs === "never") return "Unnoticed";
      const conf = service.conf[move.process] ?? null;
      const members = conf === null ? [] : rest(service, conf);
      if (!isNumber(bounds, service, members, move.number)) return "NewNumbers";
      return isHole(bounds, service, members, move.held) ? undefined : "Sequenced";
    }
    case "Form": {
      const { members, number, sets } = move;
      if (!isNumber(bounds, service, members, number)) return "NewNumbers";
      if (bounds.committing === "all" && sets.flatMap((set) => set.members).length < members.length) return "AllCommit";
      const isPartial = sets.some((set) => set.acknowledge.length < set.members.length);
      if (bounds.acknowledging === "all" && isPartial) return "AllAcknowledge";
      return sets.every((set) => isHole(bounds, service, set.members, set.held)) ? undefined : "Sequenced";
    }
    default:
      return undefined;
  }
}

/** How many messages there are where a process is, if it is up. @spec MCEVS!AtEnd */
export function endOf(service: State, process: Process): number {
  const conf = service.conf[process] ?? null;
  return conf === null ? 0 : logOf(service, conf).order.length;
}

/** The least number that none of these has used. @spec MCEVS!LeastNumber */
export function leastNumber(service: State, members: readonly Process[]): number {
  return members.reduce((most, process) => Math.max(most, service.number[process] ?? 0), 0) + 1;
}

/** @spec MCEVS!LeastNumber @spec MCEVS!MCNumber */
function isNumber(bounds: Bounds, service: State, members: readonly Process[], number: number): boolean {
  return bounds.numbers === "least" ? number === leastNumber(service, members) : number <= lastNumber(bounds);
}

/** Whether a set lacks the message that follows what it holds, if one does. @spec MCEVS!Sequenced */
function isHole({ holes }: Bounds, service: State, members: readonly Process[], held: number): boolean {
  const conf = service.conf[members[0] ?? ""] ?? null;
  if (holes === "any" || conf === null) return true;
  const next = logOf(service, conf).order[held];
  if (next === undefined) return true;
  return !members.some((one) => one === next.sender || service.leaving[one]?.obliged.includes(next.sender) === true);
}
