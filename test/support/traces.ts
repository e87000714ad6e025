/**
 * cdktf keeps the whole stack trace of each token, which took a fifth of the time of all tests, and two thirds where
 * vitest maps every line to its source. It asks for them with an object that is no error; errors keep theirs.
 */
const capture = Error.captureStackTrace;

function captureForErrors(target: object, below?: (...args: never) => unknown): void {
  if (target instanceof Error) capture(target, below);
}

if (capture.name !== captureForErrors.name) Error.captureStackTrace = captureForErrors;
