import { describe, expect, test } from "vitest";
import { broken, controls } from "./pod-security-controls";
import { containerOf, podsOf, synthWorkload } from "./synth-workload";

const reason = "The vendor's image starts as root.";

describe("Pod Security Standards", () => {
  test.each(controls.map(({ standard, name, holds }) => [standard, name, holds] as const))(
    "a default workload satisfies the %s control %s",
    (_standard, _name, holds) => {
      const withEverything = synthWorkload({
        port: 80,
        aws: { kind: "role" },
        configMaps: { content: { data: { a: "b" }, mountPath: "/srv" } },
        temporaryDirectories: ["/tmp"],
      });
      expect(holds(podsOf(synthWorkload()))).toBe(true);
      expect(holds(podsOf(withEverything))).toBe(true);
    },
  );

  test("kind baseline breaks only what keeps an image from starting as root", () => {
    expect(broken(podsOf(synthWorkload({ security: { kind: "baseline", reason } })))).toEqual([
      "restricted: Running as Non-root",
      "restricted: Capabilities",
    ]);
  });

  test("kind baseline leaves the file system writable and the user to the image", () => {
    const synthesized = synthWorkload({ security: { kind: "baseline", reason } });
    expect(containerOf(synthesized).security_context).toEqual({ allow_privilege_escalation: false });
    expect(podsOf(synthesized).security_context).toEqual({ seccomp_profile: { type: "RuntimeDefault" } });
  });

  test("kind privileged is a privileged container and opens nothing else of the node", () => {
    const synthesized = synthWorkload({ security: { kind: "privileged", reason } });
    expect(containerOf(synthesized).security_context).toEqual({ privileged: true });
    expect(broken(podsOf(synthesized)).filter((control) => control.startsWith("baseline"))).toEqual([
      "baseline: Privileged Containers",
    ]);
  });

  test("the process runs as a user and group above the system's own, or as the user asked for", () => {
    expect(podsOf(synthWorkload()).security_context).toMatchObject({ run_as_user: "10001", run_as_group: "10001" });
    const asked = podsOf(synthWorkload({ security: { kind: "restricted", runAsUser: 8888 } }));
    expect(asked.security_context).toMatchObject({ run_as_user: "8888", run_as_group: "8888", run_as_non_root: true });
  });

  test("the root file system is read-only unless opened", () => {
    expect(containerOf(synthWorkload()).security_context.read_only_root_filesystem).toBe(true);
    const open = synthWorkload({ security: { kind: "restricted", readOnlyRootFilesystem: false } });
    expect(containerOf(open).security_context.read_only_root_filesystem).toBe(false);
  });

  test("a process that is not root may listen on its port below 1024, and on none lower", () => {
    expect(podsOf(synthWorkload({ port: 80 })).security_context?.sysctl).toEqual([
      { name: "net.ipv4.ip_unprivileged_port_start", value: "80" },
    ]);
    expect(podsOf(synthWorkload({ port: 1024 })).security_context?.sysctl).toBeUndefined();
    const root = synthWorkload({ port: 80, security: { kind: "baseline", reason } });
    expect(podsOf(root).security_context?.sysctl).toBeUndefined();
  });
});
