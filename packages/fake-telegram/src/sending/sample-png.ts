import { crc32, deflateSync } from 'node:zlib';

/**
 * Creates a picture for tests in which the content does not matter: a vertical gradient.
 *
 * @param width - pixels
 * @param height - pixels
 * @param seed - selects the hue
 */
export function samplePng(width: number, height: number, seed = 0): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    const start = y * (1 + width * 3);
    for (let x = 0; x < width; x += 1) {
      rows.set(shade(seed, y / height, x / width), start + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Uint8Array.from(
    Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  );
}

function shade(seed: number, down: number, across: number): [number, number, number] {
  const wave = (phase: number) => Math.round(150 + 80 * Math.sin(seed * 1.7 + phase + down * 1.4 + across * 0.6));
  return [wave(0), wave(2.1), wave(4.2)];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
