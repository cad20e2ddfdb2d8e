import { describe, expect, it } from "vitest";
import { Archive, type PackedOwner } from "../../../src/session/log/archive.js";
import { LARGEST_SHARED_ROOM_BYTES, ROOM_STEP_BYTES } from "../../../src/session/log/rooms.js";

/** An owner whose bytes all have its number. */
class Owner implements PackedOwner {
  readonly number: number;
  roomSize = 0;
  place = -1;
  ownBytes: Uint8Array | null = null;
  used = 0;

  constructor(number: number) {
    this.number = number;
  }

  grow(archive: Archive, size: number): void {
    archive.resize(this, size, Math.min(this.used, size));
    if (size > 0) archive.bytesOf(this).fill(this.number, this.used);
    this.used = size;
  }

  isIntact(archive: Archive): boolean {
    return this.used === 0 || archive.bytesOf(this).every((byte) => byte === this.number);
  }
}

/** The common buffers that hold the rooms of these owners. */
function buffersOf(archive: Archive, owners: readonly Owner[]): number {
  const shared = owners.filter(({ roomSize, ownBytes }) => roomSize > 0 && ownBytes === null);
  return new Set(shared.map((owner) => archive.bytesOf(owner).buffer)).size;
}

const OWNERS = Array.from({ length: 200 }, (_, number) => new Owner(number));

describe("rooms of packed exchanges", () => {
  it("keep their bytes however others grow, shrink and go", () => {
    const archive = new Archive();
    let dice = 7;
    for (let turn = 0; turn < 6000; turn++) {
      dice = (Math.imul(dice, 1_103_515_245) + 12_345) >>> 0;
      const owner = OWNERS[(dice >>> 8) % OWNERS.length] as Owner;
      const steps = (dice >>> 16) % 5 === 0 ? 0 : ((dice >>> 17) % 36) + 1;
      owner.grow(archive, steps * ROOM_STEP_BYTES);
      if (turn % 50 === 0) expect(OWNERS.filter((one) => !one.isIntact(archive))).toEqual([]);
    }
    expect(OWNERS.filter((one) => !one.isIntact(archive))).toEqual([]);
    expect(OWNERS.some(({ roomSize }) => roomSize > LARGEST_SHARED_ROOM_BYTES)).toBe(true);
  });

  it("leave no buffer mostly empty where all but a few have outgrown it", () => {
    const archive = new Archive();
    const owners = Array.from({ length: 4096 }, (_, number) => new Owner(number & 0xff));
    for (const owner of owners) owner.grow(archive, 512);
    const before = buffersOf(archive, owners);
    // One of each buffer stays as it is.
    const staying = owners.filter((_, index) => index % (owners.length / before) === 0);
    for (const owner of owners) if (!staying.includes(owner)) owner.grow(archive, 0);
    expect(staying.length).toBe(before);
    expect(buffersOf(archive, owners)).toBeLessThanOrEqual(1 + staying.length / (owners.length / before));
    expect(staying.every((one) => one.isIntact(archive))).toBe(true);
  });
});
