import { run } from "../run";
import type { Recipe } from "./recipes";

/** Debian packages of a Python with gunicorn and the worker that serves ASGI. */
const packages = [
  "gunicorn",
  "python3-gunicorn",
  "python3-uvicorn",
  "python3-h11",
  "python3-asgiref",
  "python3-click",
  "python3-pkg-resources",
];

const application = (name: string) => `import os


async def app(scope, receive, send):
    """Answers every path with what it was asked and who it is."""
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"].rsplit(".", 1)[1]
            await send({"type": f"lifespan.{kind}.complete"})
            if kind == "shutdown":
                return
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    text = (
        f"${name} in pod {os.uname().nodename}\\n"
        f"{scope['method']} {scope['scheme']}://{headers.get('host', '')}{scope['path']}\\n"
        f"from {scope['client'][0]}, forwarded for {headers.get('x-forwarded-for', '')}"
        f" by {headers.get('x-forwarded-proto', '')}\\n"
    )
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": text.encode()})
`;

/** An image in the place of a service in Python that its pods start with `gunicorn app:app`. */
export function gunicornImage(name: string): Recipe {
  return {
    config: {
      User: "10001",
      WorkingDir: "/app",
      Entrypoint: ["/usr/bin/gunicorn", "app:app"],
      Env: ["PATH=/usr/bin:/bin"],
    },
    fill: async (files) => {
      await files.packages(...(await pythonPackages()), ...packages);
      files.busybox("sleep");
      files.users({ app: 10001 });
      files.write("app/app.py", application(name));
    },
  };
}

/** The packages of the machine's Python 3, whichever that is. */
async function pythonPackages(): Promise<readonly string[]> {
  const depends = await run("dpkg-query", ["-W", "-f", "${Depends}", "python3"]);
  const version = /python(3\.\d+)/.exec(depends)?.[1] ?? "3";
  return [
    "python3-minimal",
    `python${version}`,
    `python${version}-minimal`,
    `libpython${version}-minimal`,
    `libpython${version}-stdlib`,
  ];
}
