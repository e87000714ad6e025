import { Netmask } from "netmask";
import { matchesArn, matchesPattern } from "./patterns";

/** Values of condition keys, by the key in lower case; a key that is not there has no value. */
export type Context = ReadonlyMap<string, readonly string[]>;

type Test = (wanted: string, actual: string) => boolean;

const same: Test = (wanted, actual) => wanted === actual;
const sameIgnoringCase: Test = (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase();
const inside: Test = (wanted, actual) => new Netmask(wanted).contains(actual);
const compared =
  (value: (text: string) => number, holds: (difference: number) => boolean): Test =>
  (wanted, actual) =>
    holds(value(actual) - value(wanted));
const comparisons = {
  Equals: (difference: number) => difference === 0,
  LessThan: (difference: number) => difference < 0,
  LessThanEquals: (difference: number) => difference <= 0,
  GreaterThan: (difference: number) => difference > 0,
  GreaterThanEquals: (difference: number) => difference >= 0,
};

const tests: Readonly<Record<string, Test>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: sameIgnoringCase,
  StringLike: matchesPattern,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: sameIgnoringCase,
  BinaryEquals: same,
  IpAddress: inside,
  ...Object.fromEntries(
    Object.entries(comparisons).flatMap(([name, holds]) => [
      [`Numeric${name}`, compared(Number, holds)],
      [`Date${name}`, compared(Date.parse, holds)],
    ]),
  ),
};

/** Operators that hold where their opposite does not; the values of a list then all have to differ. */
const opposites: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NotIpAddress: "IpAddress",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
};

/**
 * Whether a condition of a policy holds.
 *
 * @param operator with its `ForAllValues:`, `ForAnyValue:` and `IfExists`
 * @throws Error when IAM has no such operator
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionHolds(operator: string, key: string, wanted: readonly string[], context: Context): boolean {
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const actual = context.get(key.toLowerCase());
  if (name === "Null") {
    return wanted.includes(String(actual === undefined));
  }
  const opposite = opposites[name];
  const test = tests[opposite ?? name];
  if (test === undefined) {
    throw new Error(`the condition operator ${operator} is none of IAM's`);
  }
  if (actual === undefined) {
    return ifExists !== undefined || set === "ForAllValues" || (opposite !== undefined && set === undefined);
  }
  const one = (value: string) => wanted.some((each) => test(each, value)) === (opposite === undefined);
  return set === "ForAllValues" || (opposite !== undefined && set === undefined) ? actual.every(one) : actual.some(one);
}
