/** The end of a switch that has a case for every kind: does not compile while one is missing. */
export function assertNever(what: string, value: never): never {
  throw new Error(`unknown ${what}: ${JSON.stringify(value)}`);
}
