export interface CommandLineConfiguration {
  /** Host that stacks name. */
  readonly hostname: string;
  /** Where it answers: `https://localhost:<port>`. */
  readonly address: string;
  readonly token: string;
  /** What else the file says. */
  readonly installation: string;
}

/**
 * A configuration of Terraform's command line that leads calls of a host to another address, so that stacks are run as
 * they are. The tfe provider reads the same file. Source: Terraform, "CLI Configuration File", and its `host` block.
 */
export function commandLineConfiguration({ hostname, address, token, installation }: CommandLineConfiguration): string {
  const services = ["tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2"].map((name) => `    "${name}" = "${address}/api/v2/"`);
  const local = new URL(address).host;
  return [
    `host "${hostname}" {\n  services = {\n${services.join("\n")}\n  }\n}`,
    ...[hostname, local].map((host) => `credentials "${host}" {\n  token = "${token}"\n}`),
    installation,
  ].join("\n");
}
