import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { makeAccessLogs } from "./access-logs";
import type { RestApiOptions } from "./rest-schema";

export interface RestStageProps {
  readonly environment: string;
  readonly name: string;
  readonly options: RestApiOptions;
  readonly restApiId: string;
  readonly deploymentId: string;
  /** Web ACL in front of it. Default: none. */
  readonly webAclArn: string | undefined;
  /** The account's role for logs, where it is made here. */
  readonly logsRole: ITerraformDependable | undefined;
}

/** In days, where access logs are off and give no number. */
const executionLogRetention = 90;

/** A stage of a REST API: what callers see, and how it is watched and limited. */
export class RestStage extends Construct {
  readonly stageName: string;
  /** Without a slash at the end. */
  readonly invokeUrl: string;

  constructor(scope: Construct, id: string, props: RestStageProps) {
    super(scope, id);
    const { options, restApiId } = props;
    const logsRole = props.logsRole === undefined ? [] : [props.logsRole];
    const logs = makeAccessLogs(this, "access-logs", { ...props, api: options });
    const executionLogs = this.executionLogs(props);
    const stage = new ApiGatewayStage(this, "Resource", {
      restApiId,
      deploymentId: props.deploymentId,
      stageName: options.stage.name,
      description: options.stage.description,
      xrayTracingEnabled: options.tracing,
      ...(logs === undefined
        ? {}
        : { accessLogSettings: { destinationArn: logs.destinationArn, format: logs.format } }),
      dependsOn: [...logsRole, ...executionLogs],
    });
    this.stageName = stage.stageName;
    this.invokeUrl = stage.invokeUrl;
    new ApiGatewayMethodSettings(this, "settings", {
      restApiId,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: {
        metricsEnabled: options.detailedMetrics,
        loggingLevel: options.executionLogs,
        dataTraceEnabled: options.dataTrace.kind === "on",
        throttlingRateLimit: options.throttling.rateLimit,
        throttlingBurstLimit: options.throttling.burstLimit,
      },
      ...(logsRole.length === 0 ? {} : { dependsOn: logsRole }),
    });
    const { webAclArn } = props;
    if (webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, "web-acl", { resourceArn: stage.arn, webAclArn });
    }
  }

  /** API Gateway would make this group itself, to keep forever, and leave it behind. */
  private executionLogs({ options, restApiId }: RestStageProps): readonly CloudwatchLogGroup[] {
    if (options.executionLogs === "OFF") return [];
    const { accessLogs } = options;
    return [
      new CloudwatchLogGroup(this, "execution-logs", {
        name: `API-Gateway-Execution-Logs_${restApiId}/${options.stage.name}`,
        retentionInDays: accessLogs.kind === "on" ? accessLogs.retentionDays : executionLogRetention,
      }),
    ];
  }
}
