/**
 * cdktf keeps a formatted stack trace with each token, which took two thirds of the time that stacks take in tests:
 * vitest maps every line to its source. It asks for them with an object that is no error; errors keep theirs.
 */
const format = Error.prepareStackTrace;

function formatOfErrors(error: Error, sites: NodeJS.CallSite[]): unknown {
  return error instanceof Error ? format?.(error, sites) : "";
}

if (format !== undefined && format.name !== formatOfErrors.name) Error.prepareStackTrace = formatOfErrors;
