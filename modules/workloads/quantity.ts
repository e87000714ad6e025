const memoryUnits: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Cores of a CPU quantity: `250m` is 0.25. */
export function cores(quantity: string): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

/** Bytes of a memory quantity: `1Ki` is 1024. */
export function bytes(quantity: string): number {
  const unit = quantity.replace(/^[\d.]+/, "");
  return Number(quantity.slice(0, quantity.length - unit.length)) * (memoryUnits[unit] ?? Number.NaN);
}
