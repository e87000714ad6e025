import { z } from "zod";
import { described } from "./descriptions";
import { cpu, memory } from "./primitives";

const cores = "CPU in cores or millicores.";
const bytes = "Memory in bytes, with a suffix.";
const most = "What a pod may use at most.";

/** What the scheduler sets aside for a pod, by default. */
export const requests = (cpuByDefault: string, memoryByDefault: string) =>
  described(
    "What is set aside for each pod.",
    z
      .strictObject({
        cpu: described(cores, cpu.default(cpuByDefault)),
        memory: described(bytes, memory.default(memoryByDefault)),
      })
      .prefault({}),
  );

/** What a pod may use at most, by default. */
export const limits = (cpuByDefault: string, memoryByDefault: string) =>
  described(
    most,
    z
      .strictObject({
        cpu: described(cores, cpu.default(cpuByDefault)),
        memory: described(bytes, memory.default(memoryByDefault)),
      })
      .prefault({}),
  );

/** The same where CPU has no limit unless one is given: it throttles where nothing is scarce. */
export const limitsWithoutCpu = (memoryByDefault: string) =>
  described(
    most,
    z
      .strictObject({
        cpu: described(`${cores} A limit throttles where nothing is scarce. Default: none.`, cpu.optional()),
        memory: described(bytes, memory.default(memoryByDefault)),
      })
      .prefault({}),
  );

/** The same where CPU has no limit. */
export const memoryLimit = (byDefault: string) =>
  described(most, z.strictObject({ memory: described(bytes, memory.default(byDefault)) }).prefault({}));
