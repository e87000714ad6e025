import { describe, expect, it } from "vitest";
import {
  type DeclaredRelease,
  judge,
  pendingReleases,
  type ReleaseRecord,
  readRecords,
  recordColumns,
  remedy,
  type StateLock,
} from "../../../modules/kubernetes/helm-releases";

const declared: DeclaredRelease = {
  stack: "dev-controllers",
  name: "cert-manager",
  namespace: "cert-manager",
  timeoutSeconds: 600,
};
const since = new Date("2026-01-01T12:00:00Z");

const record = (revision: number, status: string, of: Partial<ReleaseRecord> = {}): ReleaseRecord => ({
  namespace: "cert-manager",
  name: "cert-manager",
  revision,
  status,
  since,
  ...of,
});

describe("Helm's records", () => {
  it("are read from kubectl's columns, one a line", () => {
    const text = [
      "cert-manager   cert-manager   1    superseded        2026-01-01T12:00:00Z",
      "edge           emissary       10   pending-upgrade   2026-01-02T12:00:00Z",
      "",
    ].join("\n");
    expect(readRecords(text)).toEqual([
      record(1, "superseded"),
      record(10, "pending-upgrade", { namespace: "edge", name: "emissary", since: new Date("2026-01-02T12:00:00Z") }),
    ]);
  });

  it("are none where kubectl found none", () => {
    expect(readRecords("")).toEqual([]);
    expect(readRecords("\n")).toEqual([]);
  });

  it("have as many columns as are asked for", () => {
    expect(recordColumns.split(",").map((column) => column.split(":")[0])).toEqual([
      "NAMESPACE",
      "NAME",
      "REVISION",
      "STATUS",
      "SINCE",
    ]);
  });
});

describe("a pending release", () => {
  it.each(["pending-install", "pending-upgrade", "pending-rollback"])(
    "is one whose newest revision is %s",
    (status) => {
      const [pending] = pendingReleases([declared], [record(1, "deployed"), record(2, status)]);
      expect(pending).toEqual({ declared, record: record(2, status), lastDeployed: 1 });
    },
  );

  it.each(["deployed", "failed", "superseded", "uninstalling"])("is not one whose newest revision is %s", (status) => {
    expect(pendingReleases([declared], [record(1, "pending-install"), record(2, status)])).toEqual([]);
  });

  it("has its newest revision by number, whatever the order in which they are listed", () => {
    const listed = [record(10, "pending-upgrade"), record(2, "superseded"), record(9, "deployed")];
    expect(pendingReleases([declared], listed)).toMatchObject([{ record: { revision: 10 }, lastDeployed: 9 }]);
    expect(pendingReleases([declared], [record(10, "deployed"), record(9, "pending-upgrade")])).toEqual([]);
  });

  it("goes back to the newest revision that was installed whole, over those that failed", () => {
    const listed = [
      record(4, "pending-upgrade"),
      record(3, "failed"),
      record(2, "superseded"),
      record(1, "superseded"),
    ];
    expect(pendingReleases([declared], listed)).toMatchObject([{ lastDeployed: 2 }]);
  });

  it("has nothing to go back to where none was ever installed whole", () => {
    const [pending] = pendingReleases([declared], [record(1, "failed"), record(2, "pending-install")]);
    expect(pending).toEqual({ declared, record: record(2, "pending-install"), lastDeployed: undefined });
  });

  it("is one that the environment declares: others of the cluster are left alone", () => {
    const others = [
      record(1, "pending-install", { name: "prometheus" }),
      record(1, "pending-install", { namespace: "another-team" }),
    ];
    expect(pendingReleases([declared], others)).toEqual([]);
    expect(pendingReleases([declared], [...others, record(1, "pending-install")])).toHaveLength(1);
  });
});

describe("whether anybody still works on a pending release", () => {
  const pending = { declared, record: record(1, "pending-install"), lastDeployed: undefined };
  const unknown: StateLock = { kind: "unknown", reason: "the backend is cloud" };
  const later = (seconds: number) => new Date(since.getTime() + seconds * 1000);

  it("nobody does where the lock of the stack's state is free, however young it is", () => {
    expect(judge(pending, { kind: "free" }, later(1))).toEqual({
      kind: "abandoned",
      because: "nobody holds the state lock of dev-controllers",
    });
  });

  it("somebody does where the lock is held, however old it is", () => {
    expect(judge(pending, { kind: "held", by: "anna@laptop" }, later(86_400))).toEqual({
      kind: "in progress",
      because: "the state lock of dev-controllers is held: anna@laptop",
    });
  });

  it("where the lock cannot be asked, Helm's own timeout and two minutes decide", () => {
    expect(judge(pending, unknown, later(720)).kind).toBe("in progress");
    expect(judge(pending, unknown, later(721)).kind).toBe("abandoned");
    const patient = { ...pending, declared: { ...declared, timeoutSeconds: 1200 } };
    expect(judge(patient, unknown, later(721)).kind).toBe("in progress");
  });

  it("says why the lock could not be asked, how old it is and what the limit is", () => {
    const asked = "whether the state of dev-controllers is locked could not be asked (the backend is cloud); it began ";
    expect(judge(pending, unknown, later(60)).because).toBe(`${asked}60 s ago and Helm may take 720 s`);
    expect(judge(pending, unknown, later(900)).because).toBe(`${asked}900 s ago and Helm gives up after 720 s`);
  });
});

describe("the remedy for a pending release", () => {
  const pending = { declared, record: record(3, "pending-upgrade") };

  it("says that only the record goes, and from which revision the next apply upgrades", () => {
    expect(remedy({ ...pending, lastDeployed: 2 })).toBe(
      "The record of revision 3 is removed; nothing it made is. Revision 2 counts again, and the next apply of " +
        "dev-controllers upgrades from it.",
    );
  });

  it("says that the next apply installs where there is nothing to upgrade from", () => {
    expect(remedy({ ...pending, lastDeployed: undefined })).toContain(
      "The next apply of dev-controllers installs the release and takes over what is already there.",
    );
  });
});
