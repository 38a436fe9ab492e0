import {
  type Commitment,
  type Configuration,
  type Log,
  nameOf,
  type Process,
  type State,
  script,
} from "../../../impl/evs/service/index.ts";
import type { Invariant, Properties } from "../../engine/contract.ts";
import { type Courses, coursesOf, messageText } from "./history.ts";
import * as specifications from "./specifications.ts";
import { type Bounds, lastNumber, total, type World } from "./world.ts";

// The properties of `MCEVS.tla` once more, over worlds and by the same names.

/** Those over histories, and whether each prefix is judged wherever complete histories are (R9). */
const judges: readonly (readonly [string, (courses: Courses) => boolean, "always"?])[] = [
  ["Spec_1_1", specifications.spec11],
  ["Spec_1_2", specifications.spec12],
  ["Spec_1_3", specifications.spec13, "always"],
  ["Spec_1_4", specifications.spec14],
  ["Spec_2_2", specifications.spec22],
  ["Spec_2_3", specifications.spec23],
  ["Spec_2_4", specifications.spec24],
  ["Spec_3", specifications.spec3],
  ["Spec_4", specifications.spec4],
  ["Spec_5", specifications.spec5],
  ["Spec_6_1", specifications.spec61],
  ["Spec_6_2", specifications.spec62],
  ["Spec_6_3", specifications.spec63],
  ["Spec_7_1", specifications.spec71],
  ["Spec_7_2", specifications.spec72, "always"],
  ["TransitionalBetween", specifications.transitional],
  ["TransitionalMembers", specifications.transitionalMembers],
  ["Members", specifications.members],
  ["Senders", specifications.senders],
];

/** The properties of the specification, by its names. */
export function evsProperties(bounds: Bounds): Properties<World> {
  const overHistories = judges.map(([name, holds, when]): Invariant<World> => {
    const isJudged = (world: World): boolean =>
      when === "always" || bounds.judged === "all" || isComplete(bounds, world);
    return { name, holds: (world) => !isJudged(world) || holds(coursesOf(world.history)) };
  });
  return {
    invariants: [
      { name: "TypeOK", holds: ({ service }) => isTyped(bounds, service) },
      { name: "OwnIsDelivered", holds: ({ service }) => ownIsDelivered(service) },
      { name: "SafeIsHeld", holds: ({ service }) => safeIsHeld(service) },
      { name: "SafeIsShared", holds: ({ service }) => safeIsShared(service) },
      ...(bounds.histories ? overHistories : []),
    ],
    steps: [],
    atRest: [{ name: "Settles", holds: ({ service }) => up(service).every((process) => isSettled(service, process)) }],
  };
}

function up({ conf }: State): readonly Process[] {
  return Object.keys(conf).filter((process) => (conf[process] ?? null) !== null);
}

/** Who has committed, and to what. @spec EVS!Leaving */
function leaving(service: State): readonly (readonly [Process, Commitment])[] {
  return up(service).flatMap((process) => {
    const cut = service.leaving[process] ?? null;
    return cut === null ? [] : [[process, cut] as const];
  });
}

/** @spec MCEVS!Settled */
function isSettled(service: State, process: Process): boolean {
  const { conf, leaving: cuts, place, log } = service;
  const mine = conf[process] ?? null;
  if (mine === null || (cuts[process] ?? null) !== null) return false;
  const name = nameOf(mine);
  const isHere = (other: Process): boolean => {
    const theirs = conf[other] ?? null;
    return theirs !== null && nameOf(theirs) === name && (cuts[other] ?? null) === null;
  };
  return mine.members.every(isHere) && place[process] === log[name]?.order.length;
}

/** @spec MCEVS!Complete */
function isComplete(bounds: Bounds, world: World): boolean {
  const { service, changes } = world;
  const there = up(service);
  return (
    changes === bounds.maxChanges &&
    (total(world) === bounds.maxMessages || there.length === 0) &&
    there.every((process) => isSettled(service, process))
  );
}

/** What the types of a world leave open of the specification's type predicate. @spec EVS!TypeOK */
function isTyped(bounds: Bounds, service: State): boolean {
  const last = lastNumber(bounds);
  const isConfiguration = ({ number, members }: Configuration): boolean =>
    number <= last && members.length > 0 && members.every((member) => bounds.processes.includes(member));
  const isCommitment = (process: Process, { to, members, obliged }: Commitment): boolean =>
    isConfiguration(to) &&
    members.includes(process) &&
    members.every((member) => to.members.includes(member)) &&
    obliged.every((one) => bounds.processes.includes(one));
  const used = new Map<string, Configuration>();
  const areProcesses = bounds.processes.every((process) => {
    const [number, conf, cut] = [service.number[process], service.conf[process], service.leaving[process]];
    if (number === undefined || conf === undefined || cut === undefined || number > last) return false;
    if (conf === null) return service.place[process] === 0 && cut === null;
    for (const one of cut === null ? [conf] : [conf, cut.to]) used.set(nameOf(one), one);
    const isIn = isConfiguration(conf) && conf.members.includes(process) && conf.number <= number;
    return isIn && (cut === null || isCommitment(process, cut));
  });
  const names = Object.keys(service.log);
  const areLogs = names.every((name) => isLog(used.get(name), service.log[name]));
  return areProcesses && names.length === used.size && areLogs;
}

/** @spec EVS!IsLog */
function isLog(configuration: Configuration | undefined, log: Log | undefined): boolean {
  if (configuration === undefined || log === undefined) return false;
  const { order, stable, frozen, absent } = log;
  return (
    stable <= frozen &&
    frozen <= order.length &&
    Object.entries(absent).every(
      ([process, length]) => configuration.members.includes(process) && length <= order.length,
    )
  );
}

/** @spec EVS!OwnIsDelivered */
function ownIsDelivered(service: State): boolean {
  return leaving(service).every(([process]) => {
    const delivered = new Set(script(service, process).map(messageText));
    const conf = service.conf[process];
    const order = conf === undefined || conf === null ? [] : (service.log[nameOf(conf)]?.order ?? []);
    return order.every((message) => message.sender !== process || delivered.has(messageText(message)));
  });
}

/** @spec EVS!SafeIsHeld */
function safeIsHeld({ log }: State): boolean {
  return Object.values(log).every(({ absent, stable }) => Object.values(absent).every((length) => length >= stable));
}

/** @spec EVS!SafeIsShared */
function safeIsShared(service: State): boolean {
  return leaving(service).every(([process, { moved, members }]) => {
    const conf = service.conf[process] ?? null;
    if (!moved || conf === null) return true;
    const mine = script(service, process);
    return members.every((other) => {
      const theirs = service.conf[other] ?? null;
      if (theirs === null || nameOf(theirs) !== nameOf(conf)) return true;
      const delivered = new Set(script(service, other).map(messageText));
      return (service.leaving[other] ?? null) !== null && mine.every((message) => delivered.has(messageText(message)));
    });
  });
}
