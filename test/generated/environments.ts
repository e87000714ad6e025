import fc from "fast-check";
import { environmentSchema } from "../../platform/environment";
import { goldenEnvironments } from "../support/environments";
import { minimal } from "../support/minimal";
import { mutated } from "./draw";
import { Tape } from "./tape";

/** What a draw starts from: each has much that others have not. */
const bases: readonly object[] = [minimal(), ...Object.values(goldenEnvironments)];

const tape = fc.array(fc.nat(10_000), { minLength: 4, maxLength: 40, size: "max" }).map((numbers) => numbers);

/** An environment that differs in a few places from one that is sound: sometimes still sound, sometimes not. */
export const anEnvironment: fc.Arbitrary<{ readonly name: string; readonly value: object }> = fc
  .tuple(fc.nat(bases.length - 1), fc.array(tape, { maxLength: 4 }))
  .map(([index, tapes]) => {
    const base = bases[index] ?? minimal();
    const changed = tapes.reduce<unknown>(
      (value, numbers) => mutated(environmentSchema, value, new Tape(numbers)),
      base,
    );
    // Its file would be called so too.
    const value = { ...Object(changed), name: "drawn" };
    return { name: "drawn", value };
  });

/** Two environments of one account and region, whose names begin alike. */
export const twoEnvironments = fc.tuple(anEnvironment, anEnvironment).map((pair) =>
  pair.map(({ value }, index) => {
    const name = index === 0 ? "dev" : "dev-api";
    return { name, value: { ...value, name, aws: { region: "us-west-2", accountId: "123456789012" } } };
  }),
);
