import { type ComponentChildren, h } from "preact";
import type { Difference } from "./changes.ts";
import { Actions } from "./pages/actions.tsx";
import { Changes } from "./pages/changes.tsx";
import { Conformance } from "./pages/conformance.tsx";
import { Home } from "./pages/home.tsx";
import { type Entry, page } from "./pages/layout.tsx";
import { PAGES, type PageName, pagePath, sourcePath, tracePath } from "./pages/links.ts";
import { Models } from "./pages/models.tsx";
import { Mutants } from "./pages/mutants.tsx";
import { Overview } from "./pages/overview.tsx";
import { Properties } from "./pages/properties.tsx";
import { Job } from "./pages/results.tsx";
import { Rules } from "./pages/rules.tsx";
import type { Here } from "./pages/site.ts";
import { SourcePage, Sources } from "./pages/sources.tsx";
import { Trace, Traces } from "./pages/traces.tsx";
import type { ProtocolReport, Report } from "./shape.ts";
import { style } from "./style.ts";

const HOME = { path: "index.html", label: "Report" };
const CHANGES = "changes.html";

/**
 * The files of a report by their paths below its folder, `report.json` apart: pages that need no server, no network and
 * no JavaScript. The same report gives the same bytes.
 */
export function pagesOf(report: Report, differences?: readonly Difference[]): ReadonlyMap<string, string> {
  const changes = differences === undefined ? undefined : CHANGES;
  const files = new Map([["style.css", style]]);
  const home = h(Home, { report, at: HOME.path, changes });
  files.set(HOME.path, page({ at: HOME.path, title: "Lockstep report", above: [], body: home }));
  if (differences !== undefined) {
    const body = h(Changes, { differences });
    files.set(CHANGES, page({ at: CHANGES, title: "Changes", above: [HOME], body }));
  }
  for (const protocol of report.protocols) addProtocol(files, protocol);
  return files;
}

function addProtocol(files: Map<string, string>, protocol: ProtocolReport): void {
  const index = { path: pagePath(protocol, "index"), label: protocol.name };
  const below = (name: PageName): { path: string; label: string }[] => [
    HOME,
    index,
    { path: pagePath(protocol, name), label: PAGES[name] },
  ];
  for (const name of Object.keys(PAGES) as PageName[]) {
    const at = pagePath(protocol, name);
    const here = { protocol, at };
    const place =
      name === "index" ? { title: protocol.name, above: [HOME] } : { title: PAGES[name], above: [HOME, index] };
    files.set(at, page({ at, here, name, ...place, entries: entriesOf(protocol, name), body: BODIES[name](here) }));
  }
  for (const trace of protocol.traces) {
    const at = tracePath(protocol, trace.name);
    const here = { protocol, at };
    const body = h(Trace, { here, trace });
    files.set(at, page({ at, here, name: "traces", title: trace.name, above: below("traces"), body }));
  }
  for (const source of protocol.sources) {
    const at = sourcePath(protocol, source.path);
    const here = { protocol, at };
    const body = h(SourcePage, { here, source });
    files.set(at, page({ at, here, name: "sources", title: source.path, above: below("sources"), body }));
  }
}

const BODIES: Readonly<Record<PageName, (here: Here) => ComponentChildren>> = {
  index: (here) => h(Overview, { here }),
  rules: (here) => h(Rules, { here }),
  actions: (here) => h(Actions, { here }),
  models: (here) => h(Models, { here }),
  properties: (here) => h(Properties, { here }),
  traces: (here) => h(Traces, { here }),
  conformance: (here) => h(Conformance, { here }),
  fuzz: (here) => h(Job, { here, job: "fuzz" }),
  coverage: (here) => h(Job, { here, job: "coverage" }),
  replay: (here) => h(Job, { here, job: "replay" }),
  mutants: (here) => h(Mutants, { here }),
  sources: (here) => h(Sources, { here }),
};

/** What the contents of a page list: what somebody would look for on it by name. */
function entriesOf(protocol: ProtocolReport, page: PageName): Entry[] {
  const named = (place: string): Entry => ({ place, label: place });
  switch (page) {
    case "index":
      return [
        { place: "exhaustive", label: "Exhaustive" },
        { place: "lockstep", label: "In lockstep" },
        { place: "sampled", label: "Sampled" },
        { place: "noticed", label: "Mistakes noticed" },
        { place: "left-out", label: "Not modelled" },
      ];
    case "rules":
      return protocol.rules.map(({ id }) => named(id));
    case "actions":
      return protocol.actions.map(({ name }) => named(name));
    case "models":
      return protocol.models.map(({ cfg }) => ({ place: cfg, label: cfg.replace(/\.cfg$/, "") }));
    case "properties":
      return protocol.properties.map(({ name }) => named(name));
    default:
      return [];
  }
}
