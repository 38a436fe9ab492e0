import { requireGoingOn } from "../../interrupt.ts";
import { count, type ProgressLine } from "../../progress.ts";
import { keyOf, type Memory } from "../memory.ts";
import type { Layer, Tell, Verdict } from "./layers.ts";
import type { ReducerMutant } from "./mutant.ts";
import type { Killed } from "./scenes.ts";

/** What became of a mutant in all layers. */
export interface Fate {
  readonly killed?: Killed;
  /** The layers that judged it, and let it pass. */
  readonly survived: readonly string[];
  /** Whether a layer judged it now, and not only before. */
  readonly judged: boolean;
  readonly seconds: number;
}

/**
 * Puts mutants through layer after layer, until one kills them. What the memory has is not judged again.
 *
 * @throws whatever a layer throws; what was found until then is remembered.
 */
export async function through(
  layers: readonly Layer[],
  mutants: readonly ReducerMutant[],
  memory: Memory<Verdict>,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<ReadonlyMap<ReducerMutant, Fate>> {
  const fates = new Map<ReducerMutant, Fate>(mutants.map((mutant) => [mutant, NEW]));
  for (const layer of layers) {
    const left = mutants.filter((mutant) => fates.get(mutant)?.killed === undefined);
    const unknown: ReducerMutant[] = [];
    for (const mutant of left) {
      const known = memory.get(keyOf(layer.key, mutant.id));
      if (known === undefined) unknown.push(mutant);
      else fates.set(mutant, after(fates.get(mutant) ?? NEW, layer, known, false));
    }
    if (unknown.length === 0) continue;
    const show = shown(progress, layer.name, unknown.length);
    const tell: Tell = async (mutant, verdict) => {
      fates.set(mutant, after(fates.get(mutant) ?? NEW, layer, verdict, true));
      // How long something takes depends on what else the machine does.
      if (verdict.killed?.by !== "timeout") await memory.put(keyOf(layer.key, mutant.id), verdict);
      show(verdict);
    };
    await layer.judge(unknown, tell, signal);
    requireGoingOn(signal);
  }
  return fates;
}

const NEW: Fate = { survived: [], judged: false, seconds: 0 };

function after(fate: Fate, layer: Layer, { killed, how, seconds }: Verdict, now: boolean): Fate {
  const whole = { judged: fate.judged || now, seconds: fate.seconds + seconds };
  if (killed !== undefined) return { ...whole, killed, survived: fate.survived };
  return { ...whole, survived: how === "not reached" ? fate.survived : [...fate.survived, layer.name] };
}

/** Seconds from one line of progress to the next. */
const PACE = 2;

/** Shows how far a layer has come, and how long it will take at this rate. */
function shown(progress: ProgressLine, layer: string, of: number): (verdict: Verdict) => void {
  const began = performance.now();
  let [done, killed, told] = [0, 0, 0];
  return (verdict) => {
    done++;
    if (verdict.killed !== undefined) killed++;
    const seconds = (performance.now() - began) / 1000;
    if (seconds < told + PACE && done < of) return;
    told = seconds;
    const rate = done / seconds;
    const left = Math.ceil((of - done) / rate);
    progress.tell(
      `${layer}: ${count(done)} of ${count(of)}, ${count(killed)} killed, ${rate.toFixed(1)}/s, ${left} s left`,
    );
  };
}
