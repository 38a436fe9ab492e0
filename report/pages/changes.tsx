import type { VNode } from "preact";
import { type Difference, summaryOf } from "../changes.ts";
import { groupsOf } from "../groups.ts";
import { Heading, Table } from "./parts.tsx";

/** What has changed since an earlier report. */
export function Changes({ differences }: { readonly differences: readonly Difference[] }): VNode {
  return (
    <>
      <p>Since the earlier report: {summaryOf(differences)}.</p>
      {[...groupsOf(differences, ({ protocol, about }) => `${protocol}: ${about}`)].map(([title, group]) => (
        <section key={title}>
          <Heading id={title}>{title}</Heading>
          <Table
            head={["what", "", "before", "now"]}
            rows={group.map(({ name, before, after }) => ({
              cells: [name, kindOf(before, after), before ?? "–", after ?? "–"],
            }))}
          />
        </section>
      ))}
    </>
  );
}

function kindOf(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}
