import { Release } from "@cdktf/provider-helm/lib/release";
import { Fn, type ITerraformDependable, propertyAccess, ref, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { EnvironmentFact, ReleaseOptions } from "./schema";

export interface OtherReleaseProps {
  /** Name in Helm. */
  readonly name: string;
  readonly release: ReleaseOptions;
  /** What the environment knows of each fact. */
  readonly facts: Readonly<Record<Exclude<EnvironmentFact, "role-arn">, string>>;
  /** Role of its service account; undefined where it has none. */
  readonly roleArn: string | undefined;
  /** Whether the service account has to carry the role, as with IRSA. */
  readonly annotated: boolean;
  /** Chart repository that replaces the chart's own. */
  readonly chartMirror: string | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Any chart that the environment names, installed as controllers are. */
export class OtherRelease extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: OtherReleaseProps) {
    super(scope, id);
    const { release } = props;
    const set = [...this.known(props), ...this.annotation(props)];
    const secrets = Object.entries(release.secretValues).map(([name, secret], index) => ({
      name,
      value: this.secret(`secret-${index}`, secret),
    }));
    this.ready = new Release(this, "Resource", {
      name: props.name,
      namespace: release.namespace,
      createNamespace: false,
      repository: props.chartMirror ?? release.chart.repository,
      chart: release.chart.name,
      version: release.chart.version,
      values: [JSON.stringify(release.values)],
      set: set.length === 0 ? undefined : set,
      ...(secrets.length === 0 ? {} : { setWo: secrets, setWoRevision: release.secretRevision }),
      ...(release.crds === "elsewhere" ? { skipCrds: true } : {}),
      atomic: true,
      wait: true,
      timeout: release.timeoutSeconds,
      upgradeInstall: true,
      maxHistory: 10,
      dependsOn: props.dependsOn.length === 0 ? undefined : [...props.dependsOn],
    });
  }

  private known({ release, facts, roleArn }: OtherReleaseProps) {
    return Object.entries(release.valuesFrom).flatMap(([name, fact]) => {
      const value = fact === "role-arn" ? roleArn : facts[fact];
      return value === undefined ? [] : [{ name, value }];
    });
  }

  private annotation({ release, roleArn, annotated }: OtherReleaseProps) {
    if (release.credentials === undefined || roleArn === undefined || !annotated) return [];
    return [{ name: `${release.credentials.annotationsAt}.eks\\.amazonaws\\.com/role-arn`, value: roleArn }];
  }

  /** Of an ephemeral resource, for which cdktf has no class. Source: AWS provider, `aws_secretsmanager_secret_version`. */
  private secret(id: string, { secretArn, key }: ReleaseOptions["secretValues"][string]): string {
    const address = `${this.node.id.replace(/[^A-Za-z0-9_-]/g, "_")}_${id}`;
    const stack = TerraformStack.of(this);
    stack.addOverride(`ephemeral.aws_secretsmanager_secret_version.${address}`, { secret_id: secretArn });
    const text = ref(`ephemeral.aws_secretsmanager_secret_version.${address}.secret_string`);
    return Token.asString(key === undefined ? text : propertyAccess(Fn.jsondecode(Token.asString(text)), [key]));
  }
}
