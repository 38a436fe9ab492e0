import { z } from "zod";
import type { Member } from "../../impl/wackamole/index.ts";
import { component, cuts } from "./network.ts";
import { type Bounds, takings, type World } from "./world.ts";

const names = z.array(z.string());
const count = z.int();
const MoveShape = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(takings), servers: names }),
  z.strictObject({ type: z.enum(["MatureTimeout", "Balance", "Recover"]), server: z.string() }),
  z.strictObject({
    type: z.literal("Partition"),
    servers: names,
    lists: z.tuple([names, names]),
    kept: z.tuple([count, count]),
  }),
  z.strictObject({ type: z.literal("Merge"), servers: names, list: names }),
  z.strictObject({ type: z.enum(["Lose", "Crash"]), server: z.string(), list: names, kept: count }),
]);

/**
 * Whether something is a move that the system can try at a world of servers that take events one by one, with lists in
 * any order; all of these without going through them. It may be one more, if that is refused whatever it says.
 */
export function isMove({ servers: all }: Bounds, world: World, move: unknown): boolean {
  const read = MoveShape.safeParse(move);
  if (!read.success) return false;
  const { data } = read;
  if ("server" in data ? !all.includes(data.server) : !data.servers.every((server) => all.includes(server)))
    return false;
  switch (data.type) {
    case "Merge":
      return isInOrder(all, data.servers) && isList(data.list, data.servers);
    case "Lose":
    case "Crash":
      return isPart(world, data.list, data.kept, others(world, [data.server]));
    case "Partition":
      return (
        isInOrder(all, data.servers) &&
        isPart(world, data.lists[0], data.kept[0], data.servers) &&
        isPart(world, data.lists[1], data.kept[1], others(world, data.servers))
      );
    default:
      return true;
  }
}

/** The servers that an action is about are a set, written in one way. */
function isInOrder(all: readonly Member[], servers: readonly Member[]): boolean {
  return String(all.filter((server) => servers.includes(server))) === String(servers);
}

/** Who is left of the component when some leave it. */
function others(world: World, leaving: readonly Member[]): Member[] {
  return component(world.net, leaving[0] ?? "").filter((server) => !leaving.includes(server));
}

function isPart(world: World, list: readonly Member[], kept: number, servers: readonly Member[]): boolean {
  return isList(list, servers) && cuts(world, servers).includes(kept);
}

/** Whether a list has each of these servers once. */
function isList(list: readonly Member[], servers: readonly Member[]): boolean {
  return list.length === servers.length && list.toSorted().every((server, at) => server === servers.toSorted()[at]);
}
