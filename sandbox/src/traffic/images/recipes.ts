import { type ImageFiles, programPath } from "./files";
import type { ImageConfig } from "./image";

/** How an image is made from what this machine's packages hold. */
export interface Recipe {
  readonly config: ImageConfig;
  readonly fill: (files: ImageFiles) => Promise<void>;
}

/** What a workload's own image has to do. */
export interface OwnImage {
  /** Name of its repository. */
  readonly name: string;
  readonly port: number;
}

/** The container that holds a pod's namespaces: it does nothing. */
export const pause: Recipe = {
  config: { User: "65535", Entrypoint: ["/bin/sleep", "2147483647"] },
  fill: async (files) => files.busybox("sleep"),
};

/** A static program, which is all that there is in its image. */
export function staticProgram(name: string, path: string): Recipe {
  return {
    config: { User: "0", Entrypoint: [`/${name}`] },
    fill: async (files) => files.copyAs(path, name),
  };
}

/** Where nginx may write when the root is read-only: every container has this folder in memory. */
const scratch = "/dev/shm";

const temporaryPaths = (folder: string) =>
  ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${folder}/${name}_temp;`)
    .join("\n");

/**
 * An image in the place of one that a team builds itself: it listens on the port, and answers every path with what it
 * was asked and who it is.
 */
export function ownImage({ name, port }: OwnImage): Recipe {
  return {
    config: {
      User: "10001",
      Entrypoint: ["/usr/sbin/nginx", "-c", "/etc/nginx/nginx.conf"],
      ExposedPorts: { [`${port}/tcp`]: {} },
    },
    fill: async (files) => {
      await nginxProgram(files);
      files.users({ app: 10001 });
      files.write(
        "etc/nginx/nginx.conf",
        `daemon off;
pid ${scratch}/nginx.pid;
error_log stderr warn;
events {}
http {
${temporaryPaths(scratch)}
  access_log /dev/stdout;
  default_type text/plain;
  server {
    listen ${port};
    # Behind a balancer connections are kept, and a pod that ends finishes what it began.
    keepalive_timeout 75s;
    location / {
      return 200 "${name} in pod $hostname\\n$request_method $scheme://$http_host$request_uri\\nfrom $remote_addr, forwarded for $http_x_forwarded_for by $http_x_forwarded_proto\\n";
    }
  }
}
`,
      );
    },
  };
}

/** The stock image: it starts as root and listens on 80. */
const nginx: Recipe = {
  config: { User: "0", Entrypoint: ["/usr/sbin/nginx", "-g", "daemon off;"], ExposedPorts: { "80/tcp": {} } },
  fill: async (files) => {
    await nginxProgram(files);
    files.users({ nginx: 101, nobody: 65534 });
    files.folder("var/cache/nginx");
    files.write("etc/nginx/nginx.conf", stockConfiguration("user nginx;", "/run/nginx.pid", "/var/cache/nginx"));
    stockSite(files, 80);
  },
};

/** The stock image without root: user 101, port 8080, everything it writes below /tmp. */
const nginxUnprivileged: Recipe = {
  config: { User: "101", Entrypoint: ["/usr/sbin/nginx", "-g", "daemon off;"], ExposedPorts: { "8080/tcp": {} } },
  fill: async (files) => {
    await nginxProgram(files);
    files.users({ nginx: 101 });
    files.write("etc/nginx/nginx.conf", stockConfiguration("", "/tmp/nginx.pid", "/tmp"));
    stockSite(files, 8080);
  },
};

function stockConfiguration(user: string, pid: string, temporary: string): string {
  return `${user}
worker_processes 1;
pid ${pid};
error_log stderr notice;
events {}
http {
${temporaryPaths(temporary)}
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  include /etc/nginx/conf.d/*.conf;
}
`;
}

function stockSite(files: ImageFiles, port: number): void {
  files.write(
    "etc/nginx/conf.d/default.conf",
    `server {\n  listen ${port};\n  location / {\n    root /usr/share/nginx/html;\n    index index.html;\n  }\n}\n`,
  );
  files.write("usr/share/nginx/html/index.html", "<title>Welcome to nginx!</title>\n");
}

async function nginxProgram(files: ImageFiles): Promise<void> {
  await files.program(programPath("nginx"));
  files.copy("/etc/nginx/mime.types");
  // As in the stock images: what nginx writes where it is not told goes to the container's output.
  files.link("/dev/stdout", "var/log/nginx/access.log");
  files.link("/dev/stderr", "var/log/nginx/error.log");
  // What pods are told to do before they stop.
  files.busybox("sleep");
}

/** Images of others, by the last part of their name. */
export const knownImages: Readonly<Record<string, Recipe>> = {
  nginx,
  "nginx-unprivileged": nginxUnprivileged,
};
