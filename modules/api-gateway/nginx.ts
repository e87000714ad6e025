/** A path that nginx hands to a Service. */
export interface ProxiedPath {
  readonly path: string;
  /** Whether everything below the path is meant too. */
  readonly below: boolean;
  readonly service: { readonly name: string; readonly port: number };
}

/** Headers a backend learns the caller by. */
const headers = [
  ["Host", "$host"],
  ["X-Real-IP", "$remote_addr"],
  ["X-Forwarded-For", "$proxy_add_x_forwarded_for"],
  ["X-Forwarded-Host", "$server_name"],
] as const;

/** Places that nginx writes to, in a directory that a process without rights can write to. */
const temporaryPaths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

function location({ path, below, service }: ProxiedPath): readonly string[] {
  return [
    `    location ${below ? "" : "= "}${path} {`,
    // Without a path of its own the caller's stays as it is.
    `      proxy_pass http://${service.name}:${service.port};`,
    "      proxy_redirect off;",
    ...headers.map(([header, value]) => `      proxy_set_header ${header} ${value};`),
    "    }",
  ];
}

/** nginx.conf of the reverse proxy. nginx looks the Services up once, when it starts. */
export function nginxConfiguration(port: number, paths: readonly ProxiedPath[]): string {
  return `${[
    "worker_processes 1;",
    "pid /tmp/nginx.pid;",
    "events {",
    "  worker_connections 1024;",
    "}",
    "http {",
    ...temporaryPaths.map((name) => `  ${name}_temp_path /tmp/${name};`),
    "  sendfile on;",
    "  server {",
    `    listen ${port};`,
    ...paths.flatMap(location),
    // Whatever no path takes: nginx would look for a file of its own image.
    ...(paths.some(({ path, below }) => below && path === "/")
      ? []
      : ["    location / {", "      return 404;", "    }"]),
    "  }",
    "}",
  ].join("\n")}\n`;
}
