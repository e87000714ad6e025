import { type Check, type Finding, stops } from "../check";

export const locks: Check = {
  name: "locks",
  asksAws: true,
  look: async ({ stacks }, facts) => {
    const findings: Finding[] = [];
    for (const stack of stacks) {
      const lock = await facts.lock(stack);
      if (lock === undefined) continue;
      findings.push(
        stops(
          `the state of ${stack} is locked by ${lock.who} since ${lock.since}`,
          `wait; where nobody works any more, terraform -chdir=cdktf.out/stacks/${stack} force-unlock ${lock.id}`,
        ),
      );
    }
    return findings;
  },
};
