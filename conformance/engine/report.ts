import { printState } from "../../tla/values/print.ts";
import { actionText } from "./action-text.ts";
import type { Difference } from "./diff.ts";
import type { Claim, ConformanceReport, Mismatch } from "./findings.ts";

/** A report for people: its faults and kept mismatches, what was compared, and one line PASS or FAIL at the end. */
export function reportText<M>(report: ConformanceReport<M>): string {
  const { states, edges, sound, complete, refusals } = report;
  const through = states.passedThrough > 0 ? ` (and ${count(states.passedThrough)} passed through)` : "";
  return [
    ...report.mismatches.map((mismatch, at) => `${mismatchText(mismatch, at + 1)}\n`),
    ...report.faults.map((fault) => `fault: ${fault}`),
    `worlds    ${count(report.worlds)}, depth ${report.depth}`,
    `states    ${count(states.reached)} of ${count(states.of)}${through}`,
    `edges     ${count(edges.taken)} of ${count(edges.of)}`,
    `sound     ${claim(sound)}, ${count(sound.stutters)} stutters`,
    `complete  ${claim(complete)}`,
    `refusals  ${claim(refusals)}, ${count(refusals.undecided)} left to completeness, ${count(refusals.untried)} untried`,
    ...actionLines(report),
    ...list("never taken", report.neverTaken),
    ...list("never refused", report.neverRefused),
    `${report.passed ? "PASS" : "FAIL"} ${report.module}: ${summary(report)}`,
  ].join("\n");
}

/** One mismatch for people. */
export function mismatchText<M>(mismatch: Mismatch<M>, number = 1): string {
  const { state, move, expected, got } = mismatch;
  const step = mismatch.actions.map(actionText).join(" then ");
  return [
    `${number}. ${mismatch.claim}, ${mismatch.kind}: ${mismatch.says}`,
    `   path: initial world ${mismatch.initial}${mismatch.path.length === 0 ? "" : ", then"}`,
    ...mismatch.path.map((taken, at) => `     ${at + 1}. ${JSON.stringify(taken)}`),
    ...(state === undefined ? [] : ["   state:", indented(printState(state))]),
    ...(move === undefined ? [] : [`   move: ${JSON.stringify(move)}`]),
    ...(step === "" ? [] : [`   action: ${step}`]),
    ...(mismatch.differences.length > 0
      ? ["   differs:", ...mismatch.differences.map(differenceLine)]
      : whole(expected, got)),
    ...mismatch.refused.map((tried) => `   refused: ${JSON.stringify(tried.move)} because ${tried.because}`),
    ...mismatch.enabled.map(
      (near) =>
        `   the graph enables: ${actionText(near.action)} (differs in ${near.differences} ${near.differences === 1 ? "place" : "places"})`,
    ),
    `   reproduce: ${mismatch.reproduce}`,
  ].join("\n");
}

function differenceLine({ at, expected, got }: Difference): string {
  return `     ${at}: expected ${expected ?? "nothing"}, got ${got ?? "nothing"}`;
}

/** Without both there is nothing to set side by side. */
function whole(expected: Mismatch<unknown>["expected"], got: Mismatch<unknown>["got"]): string[] {
  if (expected !== undefined && got === undefined) return ["   expected:", indented(printState(expected))];
  if (got !== undefined && expected === undefined) return ["   got:", indented(printState(got))];
  return [];
}

function actionLines<M>({ sound, complete, refusals }: ConformanceReport<M>): string[] {
  return Object.keys(sound.actions).map((name) => {
    const of = (claim: Claim): string => {
      const counted = claim.actions[name];
      if (counted === undefined) return "0";
      return counted.mismatches === 0
        ? count(counted.compared)
        : `${count(counted.compared)} (${count(counted.mismatches)} wrong)`;
    };
    return `  ${name}: sound ${of(sound)}, complete ${of(complete)}, refusals ${of(refusals)}`;
  });
}

function summary<M>(report: ConformanceReport<M>): string {
  const { sound, complete, refusals } = report;
  const mismatches = sound.mismatches + complete.mismatches + refusals.mismatches;
  const compared = sound.compared + complete.compared + refusals.compared;
  const faults = report.faults.length === 0 ? "" : `, ${count(report.faults.length)} faults`;
  return `${count(compared)} compared, ${count(mismatches)} mismatches${faults} in ${report.seconds.toFixed(1)} s`;
}

function claim({ compared, mismatches }: Claim): string {
  return `${count(compared)} compared, ${count(mismatches)} mismatches`;
}

function list(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
}

function indented(text: string): string {
  return text.replace(/^/gm, "     ");
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
