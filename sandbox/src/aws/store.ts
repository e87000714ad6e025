import { existsSync, readFileSync } from "node:fs";
import { sync as writeFileSync } from "write-file-atomic";
import { z } from "zod";
import { type EksState, eksState } from "./eks/state";
import { type Overlays, overlays } from "./overlay";
import { type LatticeState, latticeState } from "./vpc-lattice/records";

const owner = z.object({
  /** The moto server that the rest belongs to: what is kept here refers to its VPCs, roles and APIs. */
  motoPid: z.number(),
});
const storeContents = owner.extend({
  /** By region. */
  eks: z.record(z.string(), eksState),
  /** By region. */
  lattice: z.record(z.string(), latticeState),
  overlays,
});

/**
 * What the front knows beyond moto: all of EKS, what it has of VPC Lattice, and the fields that moto loses. It is one JSON file in the sandbox's work
 * folder, written whole after every change, so that a front started again for the same moto goes on where it stopped.
 */
export class Store {
  private constructor(
    private readonly file: string,
    private readonly contents: z.infer<typeof storeContents>,
  ) {}

  /** Opens the store of a moto server; what was kept for another one is dropped, for that one's memory is gone. */
  static open(file: string, motoPid: number): Store {
    const text: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    const belongs = owner.safeParse(text).data?.motoPid === motoPid;
    const store = new Store(
      file,
      belongs ? storeContents.parse(text) : { motoPid, eks: {}, lattice: {}, overlays: new Map() },
    );
    store.save();
    return store;
  }

  /** EKS in a region; empty until something is made there. */
  eks(region: string): EksState {
    const state = this.contents.eks[region] ?? eksState.parse({});
    this.contents.eks[region] = state;
    return state;
  }

  /** Service networks of VPC Lattice in a region; none until one is made there. */
  lattice(region: string): LatticeState {
    const state = this.contents.lattice[region] ?? latticeState.parse({});
    this.contents.lattice[region] = state;
    return state;
  }

  get overlays(): Overlays {
    return this.contents.overlays;
  }

  /** Writes everything. The file is replaced at once, so a reader or a crash never meets half of it. */
  save(): void {
    writeFileSync(this.file, JSON.stringify(this.contents, mapsAsObjects, 1), { fsync: false });
  }
}

function mapsAsObjects(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
