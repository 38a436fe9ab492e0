import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readText } from "../../../tla/values/file.ts";
import type { Located } from "../../located.ts";
import { keyOf } from "../memory.ts";
import { bundle } from "./bundle.ts";
import type { Layer } from "./layers.ts";
import { sceneLayers } from "./scene-layers.ts";
import type { ReducerSources } from "./sources.ts";
import { TestHost } from "./tests.ts";
import { testsLayer } from "./tests-layer.ts";
import { illTyped } from "./types.ts";

/** What the layers need. */
export interface Judging {
  readonly protocol: Located;
  readonly reducer: ReducerSources;
  readonly instrumented: ReadonlyMap<string, string>;
  readonly temporary: string;
  readonly lanes: number;
  readonly patience: number;
  readonly note: (line: string) => void;
}

/**
 * All layers, the cheapest first: types, the graph of each quick model, kept behaviours, fuzzing, the reducer's tests.
 *
 * @throws UserError (2) where a tool is missing, (4) where no model is conformed.
 */
export async function allLayers(judging: Judging): Promise<readonly Layer[]> {
  const { protocol, reducer, instrumented, temporary, lanes, patience, note } = judging;
  const at = (name: string): string => join(temporary, `${name}.mjs`);
  const bundles = { genuine: at("genuine"), mutants: at("mutants"), telling: at("telling") };
  await bundle({ located: protocol, reducer, texts: reducer.sources }, bundles.genuine);
  await bundle({ located: protocol, reducer, texts: instrumented }, bundles.telling);
  await bundle({ located: protocol, reducer, texts: silenced(instrumented) }, bundles.mutants);
  const key = keyOf(await readFile(bundles.mutants, "utf8"));
  const scenes = await sceneLayers({ located: protocol, bundles, key, temporary, lanes, patience, note });
  return [typesLayer(judging), ...scenes, ...(await ownTests(judging))];
}

/** The instrumented sources without the calls that tell which mutants were reached: those cost more than the rest. */
function silenced(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const telling = /\bstryCov_\w+\((?:"\d+"(?:, )?)+\)/g;
  return new Map([...texts].map(([path, text]) => [path, text.replace(telling, "0")]));
}

function typesLayer({ reducer, temporary }: Judging): Layer {
  return {
    name: "types",
    key: keyOf("types", [...reducer.sources]),
    async judge(mutants, tell, signal) {
      const began = performance.now();
      const folder = join(temporary, "types");
      await mkdir(folder);
      const refused = await illTyped(reducer.folder, mutants, folder, signal);
      const seconds = (performance.now() - began) / 1000 / mutants.length;
      for (const mutant of mutants) {
        const says = refused.get(mutant);
        const killed = says === undefined ? {} : { killed: { by: "types", where: mutant.file, says } as const };
        await tell(mutant, { how: "judged", seconds, ...killed });
      }
    },
  };
}

/** None where the reducer has no tests. */
async function ownTests({
  reducer,
  instrumented,
  temporary,
  lanes,
  patience,
  note,
}: Judging): Promise<readonly Layer[]> {
  if (reducer.tests.length === 0) return [];
  const texts = await Promise.all(reducer.helpers.map((path) => readText(join(reducer.folder, path))));
  const key = keyOf("tests", [...reducer.sources], reducer.helpers, texts);
  const hosts = (): Promise<readonly TestHost[]> =>
    Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const folder = join(temporary, `tests-${lane}`);
        await mkdir(folder);
        return TestHost.make(reducer, instrumented, folder);
      }),
    );
  return [testsLayer({ key, reducer, hosts, patience, note })];
}
