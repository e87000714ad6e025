/** What the configuration needs beside the state that AWS tells. */
export interface BalancerFiles {
  /** Socket on which HAProxy is asked for the health of targets. */
  readonly statisticsSocket: string;
  /** Addresses of a balancer's network interfaces, by its ARN. */
  readonly addresses: (balancerArn: string) => readonly string[];
  /** File of a certificate with its key, by its ARN; undefined where there is none. */
  readonly certificate: (arn: string) => string | undefined;
  /** Addresses of a target, by its id: an instance has that of its node. */
  readonly targetAddress: (id: string) => string | undefined;
}
