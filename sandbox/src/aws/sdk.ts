/**
 * What a client of the AWS SDK is made with to speak to the sandbox.
 *
 * @param accessKeyId on whose behalf; moto takes any key, and checks no signature
 */
export function sdkOptions(endpoint: string, region: string, accessKeyId = "SANDBOX") {
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey: "unchecked" },
    // What is refused here is refused the next time too.
    maxAttempts: 1,
    // Clients come and go with what they are made for, and leave no connection behind.
    requestHandler: {
      httpAgent: { keepAlive: false },
      // By default a request that nobody answers is waited for without end, and so is whoever looks again and again.
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      throwOnRequestTimeout: true,
    },
  };
}
