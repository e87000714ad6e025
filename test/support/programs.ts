/**
 * For tests that start other programs: compilers, npm, Terraform. With the machine's other work beside them they take
 * many times what they take alone, and what hangs still ends.
 */
export const startsPrograms = { timeout: 180_000 };
