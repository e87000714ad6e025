import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import { sdkOptions } from "../../aws/sdk";

/** Values of `$context.<name>`; what has none is a dash. */
export type LogContext = Readonly<Record<string, string | number | undefined>>;

/** One line of an access log in the format that a stage asks for. */
export function accessLogLine(format: string, context: LogContext): string {
  return format
    .replaceAll(/\$context\.([A-Za-z0-9_.]*[A-Za-z0-9_])/g, (_, name: string) => String(context[name] ?? "-"))
    .replaceAll("\n", " ");
}

const streamName = "sandbox";

/** Writes access logs to the groups that stages name. */
export class AccessLogs {
  private readonly client: CloudWatchLogsClient;
  private readonly streams = new Set<string>();

  constructor(
    awsEndpoint: string,
    region: string,
    private readonly onError: (error: unknown) => void,
  ) {
    this.client = new CloudWatchLogsClient(sdkOptions(awsEndpoint, region));
  }

  write(destinationArn: string, message: string): void {
    this.put(destinationArn, message).catch(this.onError);
  }

  private async put(destinationArn: string, message: string): Promise<void> {
    const logGroupName = destinationArn.split(":").slice(6).join(":").replace(/:\*$/, "");
    const logStreamName = streamName;
    if (!this.streams.has(logGroupName)) {
      await this.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch((error: unknown) => {
        if (!(error instanceof ResourceAlreadyExistsException)) {
          throw error;
        }
      });
      this.streams.add(logGroupName);
    }
    const logEvents = [{ timestamp: Date.now(), message }];
    await this.client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
}
