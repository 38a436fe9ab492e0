import type { VNode } from "preact";
import { isLow } from "../faults.ts";
import { groupsOf } from "../groups.ts";
import { type Mutant, mutantsOf, scoreOf } from "../mutants.ts";
import { jobCommand } from "./commands.ts";
import { count, Freshness, Heading, JobFaults, percent, Settings, Table } from "./parts.tsx";
import type { Here } from "./site.ts";

/** What changing one thing at a time came to: which layer noticed, and what nothing did. */
export function Mutants({ here }: { readonly here: Here }): VNode {
  const { mutants: results } = here.protocol;
  const all = results === null ? [] : mutantsOf(results);
  const survivors = all.filter(({ killedBy }) => killedBy === null);
  return (
    <>
      <p>
        A mutant is the specification or the reducer with one thing changed. It is killed by the first layer of the
        checks that notices; one that survives is either the same in other words, for a reason that is given, or a gap.
      </p>
      <Freshness here={here} part={results} command={jobCommand(here, "mutants")} />
      <JobFaults here={here} job="mutants" />
      {results === null ? null : <Settings results={results} />}
      {all.length === 0 ? null : (
        <>
          <Heading id="score">Score</Heading>
          <Scores all={all} />
          <Heading id="layers">By layer</Heading>
          <Layers all={all} />
          <Heading id="survivors">Survivors</Heading>
          {survivors.length === 0 ? <p>None.</p> : null}
          {survivors.map((mutant) => (
            <Survivor key={mutant.id} mutant={mutant} />
          ))}
          <Heading id="killed">Killed</Heading>
          {[...groupsOf(all, ({ side, more }) => [side, more["definition"] ?? ""].join(" "))].map(
            ([group, mutants]) => (
              <Killed key={group} group={group} mutants={mutants.filter(({ killedBy }) => killedBy !== null)} />
            ),
          )}
        </>
      )}
    </>
  );
}

function Scores({ all }: { readonly all: readonly Mutant[] }): VNode {
  const guards = all.filter(({ isGuard }) => isGuard);
  const groups: [string, readonly Mutant[]][] = [
    ...groupsOf(all, ({ side }) => side),
    ...(guards.length === 0 ? [] : [["removed guards", guards] satisfies [string, readonly Mutant[]]]),
  ];
  return (
    <Table
      caption="Killed of all; and of those that do not survive for a stated reason"
      head={["side", "mutants ", "killed ", "of all ", "reasoned ", "of the others "]}
      rows={groups.map(([side, mutants]) => {
        const { killed, total, reasoned } = scoreOf(mutants);
        return {
          cells: [
            side,
            count(total),
            count(killed),
            isLow(mutants) ? (
              <span class="fail" key="share">
                {percent(killed, total)}
              </span>
            ) : (
              percent(killed, total)
            ),
            count(reasoned),
            percent(killed, total - reasoned),
          ],
        };
      })}
    />
  );
}

function Layers({ all }: { readonly all: readonly Mutant[] }): VNode {
  const sides = [...groupsOf(all, ({ side }) => side)];
  const layers = [...groupsOf(all, ({ killedBy }) => killedBy ?? "survived").keys()];
  const ofLayer = (mutants: readonly Mutant[], layer: string): number =>
    mutants.filter(({ killedBy }) => (killedBy ?? "survived") === layer).length;
  return (
    <Table
      caption="Mutants by the layer that killed them first"
      head={["layer", ...sides.map(([side]) => `${side} `)]}
      rows={layers.map((layer) => ({ cells: [layer, ...sides.map(([, mutants]) => count(ofLayer(mutants, layer)))] }))}
    />
  );
}

function Survivor({ mutant }: { readonly mutant: Mutant }): VNode {
  return (
    <section>
      <Heading id={mutant.id} level={3}>
        <code>{mutant.id}</code>
      </Heading>
      <p>{mutant.reason === null ? <span class="fail">No reason is given.</span> : `Reason: ${mutant.reason}`}</p>
      <pre class="scroll">{mutant.diff}</pre>
      <p class="quiet">
        {[`side: ${mutant.side}`, ...Object.entries(mutant.more).map(([name, value]) => `${name}: ${value}`)].join(
          "; ",
        )}
      </p>
    </section>
  );
}

function Killed({ group, mutants }: { readonly group: string; readonly mutants: readonly Mutant[] }): VNode | null {
  if (mutants.length === 0) return null;
  const fields = [...new Set(mutants.flatMap(({ more }) => Object.keys(more)))].filter((name) => name !== "definition");
  return (
    <details>
      <summary>
        {group}: {count(mutants.length)}
      </summary>
      <Table
        head={["mutant", "killed by", "change", ...fields]}
        rows={mutants.map(({ id, killedBy, diff, more }) => ({
          id,
          cells: [
            <code key="id">{id}</code>,
            killedBy ?? "",
            <code key="diff">{diff}</code>,
            ...fields.map((name) => more[name] ?? ""),
          ],
        }))}
      />
    </details>
  );
}
