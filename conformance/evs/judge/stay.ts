import { type Closure, configurations, type Member } from "./closure.ts";
import type { Findings } from "./findings.ts";

/** 2.1, at the end of a complete recording: where one member stays in a configuration, all its members do. */
export function stayTogether(findings: Findings, closure: Closure): void {
  for (const configuration of configurations(closure)) {
    const stays = ({ status, visits }: Member): boolean =>
      status === "in" && visits.at(-1)?.configuration === configuration;
    const stayer = closure.members.find(stays);
    if (stayer === undefined) continue;
    for (const number of configuration.members) {
      const member = closure.members[number];
      if (member === undefined) continue;
      findings.compare("2.1");
      if (stays(member)) continue;
      const what = configuration.installed.has(number) ? "does not stay in it" : "never installs it";
      const lines = [configuration.installed.get(stayer.number)?.line, member.out ?? member.visits.at(-1)?.line];
      findings.violate(
        ["2.1"],
        `${stayer.name} stays in ${configuration.id}, and ${member.name} ${what}`,
        lines.filter((line) => line !== undefined),
      );
    }
  }
}
