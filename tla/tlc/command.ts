import { delimiter, join } from "node:path";
import { defaultWorkers, type Simulation, type Sources, type TlcOptions } from "./options.ts";

/** Arguments for Java that hold for each of our runs; `folder` takes all that Java and TLC write. */
export function javaArgs(
  jar: string,
  folder: string,
  libraries: readonly string[],
  { heap, brief }: Pick<TlcOptions, "heap" | "brief">,
): string[] {
  return [
    ...(heap === undefined ? [] : [`-Xmx${heap}`]),
    // Compiling for speed pays off after some ten seconds; until then it takes more than it gives.
    ...(brief === true ? ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"] : ["-XX:+UseParallelGC"]),
    `-XX:ErrorFile=${join(folder, "java-crash.log")}`,
    "-Dfile.encoding=UTF-8",
    // Java 18 and later print in the locale's encoding unless told otherwise.
    "-Dstdout.encoding=UTF-8",
    `-Djava.io.tmpdir=${folder}`,
    // Seconds between two reports; 2.18 does not know it and reports once a minute.
    "-Dtlc2.TLC.progressInterval=1",
    ...(libraries.length === 0 ? [] : [`-DTLA-Library=${libraries.join(delimiter)}`]),
    "-cp",
    jar,
  ];
}

/** Arguments that TLC and its distributed server share. */
export function commonArgs(sources: Sources, metadir: string): string[] {
  return ["-tool", "-metadir", metadir, "-config", sources.configPath];
}

/** Arguments for TLC on one machine. `dump` is where TLC writes the graph. */
export function tlcArgs(options: TlcOptions, sources: Sources, metadir: string, dump: string | undefined): string[] {
  return [
    ...commonArgs(sources, metadir),
    // What is removed at the end need not be saved every half hour.
    ...["-checkpoint", "0"],
    ...["-workers", String(options.workers ?? defaultWorkers())],
    ...(options.coverage === true ? ["-coverage", "1"] : []),
    ...(options.deadlock === false ? ["-deadlock"] : []),
    ...(options.fingerprint === undefined ? [] : ["-fp", String(options.fingerprint)]),
    ...(options.simulate === undefined ? [] : simulationArgs(options.simulate)),
    ...(dump === undefined ? [] : ["-dump", "dot,actionlabels", dump]),
    sources.module,
  ];
}

function simulationArgs({ seed, depth, traces = 1000, files }: Simulation): string[] {
  return [
    ...["-simulate", `num=${traces}${files === undefined ? "" : `,file=${files}`}`],
    ...(seed === undefined ? [] : ["-seed", String(seed)]),
    ...(depth === undefined ? [] : ["-depth", String(depth)]),
  ];
}
