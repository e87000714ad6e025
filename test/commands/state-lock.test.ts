import { describe, expect, it } from "vitest";
import { readLockRefusal } from "../../commands/terraform/lock-refusal";

/** Terraform 1.11.4, `taint -no-color`, while an apply held the lock of a local state. */
const plain = `
Error: Error acquiring the state lock

Error message: resource temporarily unavailable
Lock Info:
  ID:        dc316037-5b93-905b-6e81-9fec525270c7
  Path:      x.tfstate
  Operation: OperationTypeApply
  Who:       root@vm
  Version:   1.11.4
  Created:   2026-11-25 19:31:46.619179981 +0000 UTC
  Info:      


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time. Please resolve the issue above and try
again. For most commands, you can disable locking with the "-lock=false"
flag, but this is not recommended.
`;

const held = {
  kind: "held",
  by: "root@vm since 2026-11-25 19:31:46.619179981 +0000 UTC, lock dc316037-5b93-905b-6e81-9fec525270c7",
};

/** As Terraform draws it round its errors elsewhere. */
const framed = `╷\n${plain.trim().replace(/^/gm, "│ ")}\n╵\n`;

describe("a refusal of Terraform's", () => {
  it.each([
    ["as taint prints it", plain],
    ["in a frame", framed],
    ["behind a warning", `╷\n│ Warning: Unable to open CLI configuration file\n╵\n${plain}`],
    ["under another title", plain.replace("Error acquiring the state lock", "The state is being changed")],
  ])("says who holds the lock, since when and its ID: %s", (_, printed) => {
    expect(readLockRefusal(printed)).toEqual(held);
  });

  it("means a held lock by its title alone, over two lines too, where the backend tells nothing of the holder", () => {
    expect(readLockRefusal("│ Error: Error acquiring the\n│ state lock\n│\n│ workspace already locked\n")).toEqual({
      kind: "held",
      by: "somebody since a time unknown, lock without an ID",
    });
  });

  it.each([
    'Error: Backend initialization required, please run "terraform init"\n',
    "Error: No valid credential sources found\n\nRequest ID: 1234-5678\n",
    "Error: Failed to get existing workspaces: operation error S3: ListObjectsV2\n  ID: 1\n",
  ])("is no lock where it is another error: %s", (printed) => {
    expect(readLockRefusal(printed)).toBeUndefined();
  });
});

/** Terraform 1.11.4, `taint -no-color`, while a run held the workspace. What follows is about the command itself. */
const cloud = `
Error: Error acquiring the state lock

Error message: workspace already locked (lock ID: "example/dev-controllers")
Lock Info:
  ID:        7d2b4c1e-0f5a-4b9a-9d0e-0c5e2a4f1b11
  Path:      
  Operation: OperationTypeInvalid
  Who:       ada@desk
  Version:   1.11.4
  Created:   2026-11-25 19:31:46.619179981 +0000 UTC
  Info:      
`;

it.each([cloud, `╷\n${cloud.trim().replace(/^/gm, "│ ")}\n╵\n`])(
  "a refusal of Terraform Cloud's names the workspace, and not the refused command as the holder",
  (printed) => {
    const refusal = readLockRefusal(printed);
    expect(refusal).toMatchObject({ kind: "held", by: expect.stringContaining("example/dev-controllers") });
    expect(JSON.stringify(refusal)).not.toMatch(/ada@desk|7d2b4c1e|2026-11-25/);
  },
);
