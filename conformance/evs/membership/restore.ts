import type {
  Configuration,
  Entry,
  Member,
  Message,
  Report,
  Service,
  State,
  Transitional,
} from "../../../impl/evs/membership/index.ts";
import { canonical } from "../../../tla/values/canonical.ts";
import { isModelValue, type TlaState, type TlaValue } from "../../../tla/values/value.ts";
import { elements, field, number, pairs, text, wrong } from "../values.ts";
import { firstImage } from "./image.ts";
import { type Bounds, type HistoryEvent, nameOf, payloadOf, type Traffic, type World } from "./world.ts";

// The inverse of the projection in refine.ts. Who has forgotten what is not seen, so nobody has forgotten anything; nor
// is what is on its way between processes that recover, so nothing is. No property reads the image.

/**
 * The world that shows a state of `Membership.tla`.
 *
 * @throws TypeError for a state that is none of `Membership.tla` with these processes.
 */
export function restore(bounds: Bounds, state: TlaState): World {
  const each = <T>(part: (process: Member) => T): Record<Member, T> =>
    Object.fromEntries(bounds.processes.map((process) => [process, part(process)]));
  const traffic = trafficIn(bounds, state);
  return {
    states: each((process) => stateIn(bounds, state, traffic, process)),
    disk: each((process) => number(field(state["number"], process))),
    traffic,
    sent: each((process) => number(field(state["sent"], process))),
    changes: number(state["changes"]),
    history: each((process) => elements(field(state["history"], process)).map((one) => eventIn(bounds, one))),
    image: firstImage(bounds),
  };
}

function trafficIn(bounds: Bounds, state: TlaState): Record<string, Traffic> {
  const arus = new Map(pairs(state["aru"]).map(([conf, aru]) => [canonical(conf), aru]));
  return Object.fromEntries(
    pairs(state["order"]).map(([value, order]) => {
      const conf = confIn(bounds, value);
      const aru = pairs(arus.get(canonical(value))).map(([process, upto]) => [text(process), number(upto)] as const);
      const one = { conf, order: elements(order).map(messageIn), aru: Object.fromEntries(aru), rebroadcast: [] };
      return [nameOf(conf), one];
    }),
  );
}

function stateIn(bounds: Bounds, state: TlaState, traffic: World["traffic"], process: Member): State | null {
  const of = (variable: string): TlaValue => field(state[variable], process);
  const mode = text(of("mode"));
  if (mode === "down") return null;
  const conf = confIn(bounds, of("conf"));
  const committed = of("proposal");
  const proposal = isModelValue(committed) ? null : confIn(bounds, committed);
  const about = (variable: string): TlaValue | undefined =>
    pairs(state[variable]).find(([one]) => canonical(one) === canonical(committed))?.[1];
  const there = traffic[nameOf(conf)];
  const places = elements(of("store"))
    .map(number)
    .sort((one, other) => one - other);
  return {
    number: number(of("number")),
    mode: mode as State["mode"],
    conf,
    store: places.flatMap((place): Entry[] => {
      const message = there?.order[place - 1];
      return message === undefined ? [] : [{ place, message }];
    }),
    forgotten: 0,
    place: number(of("place")),
    bound: number(of("bound")),
    obliged: names(bounds, of("obliged")),
    proposal,
    report: Object.fromEntries(
      proposal === null ? [] : pairs(about("report")).map(([member, one]) => [text(member), reportIn(bounds, one)]),
    ),
    acks: proposal === null ? [] : names(bounds, about("acks")).toSorted(),
    recovered: [],
    aru: { ...there?.aru },
  };
}

function reportIn(bounds: Bounds, value: TlaValue): Report {
  const has = new Set(elements(field(value, "has")).map(number));
  let upto = 0;
  while (has.has(upto + 1)) upto++;
  return {
    conf: confIn(bounds, field(value, "conf")),
    upto,
    beyond: [...has].filter((place) => place > upto).sort((one, other) => one - other),
    bound: number(field(value, "bound")),
    obliged: names(bounds, field(value, "obliged")),
  };
}

function eventIn(bounds: Bounds, value: TlaValue): HistoryEvent {
  const type = text(field(value, "type"));
  const conf = field(value, "conf");
  switch (type) {
    case "conf":
      return { type, conf: anyConfIn(bounds, conf) };
    case "send":
      return { type, conf: confIn(bounds, conf), message: messageIn(field(value, "message")) };
    case "deliver":
      return { type, conf: anyConfIn(bounds, conf), message: messageIn(field(value, "message")) };
    case "fail":
      return { type, conf: anyConfIn(bounds, conf), sent: elements(field(value, "sent")).map(messageIn) };
    default:
      return wrong("an event", value);
  }
}

function messageIn(value: TlaValue): Message {
  const sender = text(field(value, "sender"));
  const count = number(field(value, "number"));
  const service = text(field(value, "service")) as Service;
  return { sender, number: count, service, payload: payloadOf(sender, count, service) };
}

function confIn(bounds: Bounds, value: TlaValue): Configuration {
  return { number: number(field(value, "number")), members: names(bounds, field(value, "members")) };
}

function anyConfIn(bounds: Bounds, value: TlaValue): Configuration | Transitional {
  if (pairs(value).some(([name]) => name === "number")) return confIn(bounds, value);
  return {
    from: confIn(bounds, field(value, "from")),
    to: confIn(bounds, field(value, "to")),
    members: names(bounds, field(value, "members")),
  };
}

/** A set of processes, in the order of the list. */
function names({ processes }: Bounds, value: TlaValue | undefined): readonly Member[] {
  const found = elements(value).map(text);
  return processes.filter((process) => found.includes(process));
}
