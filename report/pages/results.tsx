import type { ComponentChildren, VNode } from "preact";
import { groupsOf } from "../groups.ts";
import type { Results } from "../shape.ts";
import { words } from "../words.ts";
import { jobCommand } from "./commands.ts";
import { count, Freshness, Heading, JobFaults, PageLink, Settings, Table } from "./parts.tsx";
import type { Here } from "./site.ts";

interface JobProps {
  readonly here: Here;
  readonly job: "fuzz" | "coverage" | "replay";
}

const SAYS = {
  fuzz: "Runs of the closed system chosen at random, guided towards what has not been seen, at bounds of their own. The properties are evaluated after every step. What was not drawn was not looked at.",
  coverage:
    "Runs within the bounds of a model, each step held against the graph that TLC found there: how much of it they hit, and the nearest of what they never did.",
  replay:
    "Behaviours that TLC found, driven through the closed system step by step: each state is compared with the state that the reducers show.",
} as const;

/** What fuzzing or replay came to. */
export function Job({ here, job }: JobProps): VNode {
  const results = here.protocol[job];
  return (
    <>
      <p>{SAYS[job]}</p>
      <Freshness here={here} part={results} command={jobCommand(here, job)} />
      <JobFaults here={here} job={job} />
      {results === null ? null : <Whole here={here} results={results} />}
    </>
  );
}

function Whole({ here, results }: { readonly here: Here; readonly results: Results }): VNode {
  const { counts, sets, items } = results;
  const perAction = actionCounts(here, counts);
  const covered = shares(results);
  const others = Object.entries(counts).filter(([name]) => !perAction.used.has(name));
  return (
    <>
      <Settings results={results} />
      <Table
        caption="What was done"
        head={["count", "times "]}
        rows={[
          ...others.map(([name, number]) => ({ cells: [name, count(number)] })),
          ...Object.entries(sets).map(([name, { size }]) => ({ cells: [`different ${name}`, count(size)] })),
        ]}
      />
      {perAction.kinds.length === 0 ? null : (
        <>
          <Heading id="actions">By action</Heading>
          <Table
            head={["action", ...perAction.kinds.map((kind) => `${kind || "times"} `)]}
            rows={perAction.rows.map(({ action, numbers }) => ({
              id: action,
              cells: [
                <PageLink here={here} page="actions" place={action} key="action">
                  {action}
                </PageLink>,
                ...numbers.map((number) =>
                  number === 0 ? (
                    <span class="fail" key="none">
                      0
                    </span>
                  ) : (
                    count(number)
                  ),
                ),
              ],
            }))}
          />
        </>
      )}
      {covered.length === 0 ? null : (
        <>
          <Heading id="shares">Shares of the graph</Heading>
          <Table
            head={["", "hit ", "of ", "share "]}
            rows={covered.map(({ name, hit, of }) => ({
              id: `share ${name}`,
              cells: [name, count(hit), count(of), of === 0 ? "" : `${((100 * hit) / of).toFixed(1)} %`],
            }))}
          />
        </>
      )}
      <Items items={items} />
      {Object.entries(sets).map(([name, { size, members }]) =>
        members.length === 0 ? null : (
          <details key={name}>
            <summary>
              {count(size)} different {name}
            </summary>
            <pre class="scroll">{members.join("\n")}</pre>
          </details>
        ),
      )}
    </>
  );
}

interface Share {
  readonly name: string;
  readonly hit: number;
  readonly of: number;
}

/** How much of a graph was hit: its states, its edges, and those of each action. */
function shares({ settings, sets }: Results): Share[] {
  const { states, edges, actions } = settings;
  if (typeof states !== "number" || typeof edges !== "number" || typeof actions !== "object") return [];
  const byAction = Object.entries(actions ?? {}).map(([action, of]): Share => {
    return { name: action, hit: sets[`edges of ${action}`]?.size ?? 0, of: Number(of) };
  });
  const hit = byAction.reduce((sum, one) => sum + one.hit, 0);
  return [
    { name: "states", hit: sets["states"]?.size ?? 0, of: states },
    { name: "edges", hit, of: edges },
    ...byAction,
  ];
}

interface ActionCounts {
  /** Names of the counts, without the action's. */
  readonly kinds: readonly string[];
  readonly rows: readonly { readonly action: string; readonly numbers: readonly number[] }[];
  readonly used: ReadonlySet<string>;
}

/** The counts whose names end in the name of an action, by action. */
function actionCounts({ protocol }: Here, counts: Results["counts"]): ActionCounts {
  const actions = protocol.actions.map(({ name }) => name);
  const split = Object.entries(counts).flatMap(([name, number]) => {
    const [, kind = "", action = ""] = /^(?:(.*)[^\w])?(\w+)$/.exec(name) ?? [];
    return actions.includes(action) ? [{ name, kind, action, number }] : [];
  });
  const kinds = [...groupsOf(split, ({ kind }) => kind).keys()];
  const numberOf = (action: string, kind: string): number =>
    split.find((one) => one.action === action && one.kind === kind)?.number ?? 0;
  return {
    kinds,
    rows: actions.map((action) => ({ action, numbers: kinds.map((kind) => numberOf(action, kind)) })),
    used: new Set(split.map(({ name }) => name)),
  };
}

/** What was found one by one: those with the same fields in one table. */
function Items({ items }: Pick<Results, "items">): VNode | null {
  if (items.length === 0) return null;
  const shapes = groupsOf(items, (item) => Object.keys(item).join(", "));
  return (
    <>
      <Heading id="items">One by one</Heading>
      {[...shapes].map(([shape, alike]) => {
        const fields = Object.keys(alike[0] ?? {}).filter((field) => field !== "id");
        return (
          <Table
            key={shape}
            head={["name", ...fields]}
            rows={alike.map((item) => ({
              id: item.id,
              cells: [item.id, ...fields.map((field) => shown(item[field]))],
            }))}
          />
        );
      })}
    </>
  );
}

function shown(value: unknown): ComponentChildren {
  const text = words(value);
  return text.includes("\n") ? <pre>{text}</pre> : text;
}
