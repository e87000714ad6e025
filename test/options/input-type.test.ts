import { expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { environmentSchema } from "../../platform/environment";
import type { EnvironmentInput } from "../../platform/environment-input";

it("types an environment exactly as its schema parses it; the lint compiles this", () => {
  expectTypeOf<EnvironmentInput>().toEqualTypeOf<z.input<typeof environmentSchema>>();
});
