import type { DeliverEvent, FailEvent, InstallEvent, RecoverEvent, SendEvent, Service } from "../event.ts";

/** Lines of a recording, short enough that a run can be read as a table. */
export function regular(process: string, id: string, members: string): InstallEvent {
  return { process, event: "configuration", kind: "regular", id, members: [...members] };
}

export function transitional(process: string, id: string, members: string): InstallEvent {
  return { process, event: "configuration", kind: "transitional", id, members: [...members] };
}

export function sends(process: string, number: number, service: Service = "agreed"): SendEvent {
  return { process, event: "send", number, service };
}

/** A delivery of `q2`, the second message of q. */
export function delivers(process: string, message: string): DeliverEvent {
  return { process, event: "deliver", sender: message.slice(0, 1), number: Number(message.slice(1)) };
}

export function fails(process: string): FailEvent {
  return { process, event: "fail" };
}

export function recovers(process: string): RecoverEvent {
  return { process, event: "recover" };
}
