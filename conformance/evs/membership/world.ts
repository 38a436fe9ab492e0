import type {
  Config,
  Configuration,
  Member,
  Message,
  RebroadcastPacket,
  Service,
  State,
  Transitional,
} from "../../../impl/evs/membership/index.ts";

/** What bounds the closed system, as a model's cfg bounds the specification. */
export interface Bounds {
  readonly processes: readonly Member[];
  readonly senders: readonly Member[];
  readonly failing: readonly Member[];
  readonly services: readonly Service[];
  /** Which sets of processes may commit together; null for all. */
  readonly groups: readonly (readonly Member[])[] | null;
  readonly maxMessages: number;
  /** How often processes commit, crash or recover. */
  readonly maxChanges: number;
  readonly keep: number;
  readonly histories: boolean;
  /** Whether it is recorded which state of EVS a world stands for. */
  readonly images: boolean;
  /** Which number a proposal gets: the least that is allowed, or any. */
  readonly numbers: "least" | "any";
  /** Who may commit: who gathers, or who is in a regular configuration as well, and gathers by that. */
  readonly ready: "gather" | "operational";
  /** Who may gather: also who is in a regular configuration, or only who gives up a proposal. */
  readonly gathering: "any" | "cascades";
  /** Whether those who acknowledge a proposal do so one by one, or all that ever will in one step. */
  readonly together: "one" | "all";
}

/** What a process did, as the specifications of EVS see it. */
export type HistoryEvent =
  | { readonly type: "conf"; readonly conf: Configuration | Transitional }
  | { readonly type: "send"; readonly message: Message; readonly conf: Configuration }
  | { readonly type: "deliver"; readonly message: Message; readonly conf: Configuration | Transitional }
  | { readonly type: "fail"; readonly conf: Configuration | Transitional; readonly sent: readonly Message[] };

/** What there is of a configuration on the network: the messages that were sent in it, and who has how much of them. */
export interface Traffic {
  readonly conf: Configuration;
  readonly order: readonly Message[];
  readonly aru: Readonly<Record<Member, number>>;
  /** What was rebroadcast for who committed to it. */
  readonly rebroadcast: readonly RebroadcastPacket[];
}

/** A log of EVS, with its configuration. */
export interface Log {
  readonly conf: Configuration;
  readonly order: readonly Message[];
  readonly stable: number;
  readonly frozen: number;
  readonly absent: Readonly<Record<Member, number>>;
}

/** What a process of EVS has committed to. */
interface Leaving {
  readonly to: Configuration;
  readonly members: readonly Member[];
  readonly held: number;
  readonly bound: number;
  readonly obliged: readonly Member[];
  readonly moved: boolean;
  readonly complete: boolean;
}

/** A state of EVS, by the names of its variables. */
export interface Image {
  readonly number: Readonly<Record<Member, number>>;
  readonly conf: Readonly<Record<Member, Configuration | null>>;
  readonly place: Readonly<Record<Member, number>>;
  readonly leaving: Readonly<Record<Member, Leaving | null>>;
  /** By the configuration's {@link nameOf}. */
  readonly log: Readonly<Record<string, Log>>;
}

/**
 * Processes, their disks, and the network between them. `disk`, `traffic` and `history` is what the effects of the
 * processes have done. Who is down has no state.
 */
export interface World {
  readonly states: Readonly<Record<Member, State | null>>;
  readonly disk: Readonly<Record<Member, number>>;
  /** By the configuration's {@link nameOf}. What nobody is in or has committed to is forgotten. */
  readonly traffic: Readonly<Record<string, Traffic>>;
  readonly sent: Readonly<Record<Member, number>>;
  readonly changes: number;
  readonly history: Readonly<Record<Member, readonly HistoryEvent[]>>;
  /** The state of EVS that this stands for; where it is not recorded, that of the start. */
  readonly image: Image;
}

/** A move names an action of the specification with its parameters. */
export type Move =
  | { readonly type: "Send"; readonly process: Member; readonly service: Service }
  | { readonly type: "Receive"; readonly process: Member; readonly place: number }
  | { readonly type: "Deliver" | "Gather" | "Move" | "Install" | "Crash" | "Recover"; readonly process: Member }
  | { readonly type: "Form"; readonly members: readonly Member[]; readonly number: number }
  | { readonly type: "Acknowledge"; readonly proposal: Configuration; readonly members: readonly Member[] };

export function nameOf({ number, members }: Configuration): string {
  return `${number}:${members.join(",")}`;
}

/** Where all start. @spec Membership!Init */
export function first(bounds: Bounds): Configuration {
  return { number: 0, members: bounds.processes };
}

export function configOf(bounds: Bounds, self: Member, number: number): Config {
  return { self, processes: bounds.processes, number, keep: bounds.keep };
}

/** What the application says; it tells which message it is, so that a payload that goes astray is found. */
export function payloadOf(sender: Member, number: number, service: Service): string {
  return `${sender} ${number} ${service}`;
}

/** The state of a process, if it is up. */
export function stateOf(world: World, process: Member): State | undefined {
  return world.states[process] ?? undefined;
}

export function trafficOf(world: World, conf: Configuration): Traffic | undefined {
  return world.traffic[nameOf(conf)];
}

/** The configuration that a process is in: a transitional one while it is in that. @spec MCMembership!Current */
export function currentOf(state: State): Configuration | Transitional {
  const { conf, proposal, report } = state;
  if (state.mode !== "transitional" || proposal === null) return conf;
  const members = proposal.members.filter((member) => {
    const from = report[member]?.conf;
    return from !== undefined && nameOf(from) === nameOf(conf);
  });
  return { from: conf, to: proposal, members };
}
