"""PNG by zlib alone: reading and writing, and the images of a PDF beside the files.

usage: png.py FILE.pdf FILE.png...

Says which images of the PDF, /Im1 and so on, are not the pixels of these files, in this order,
each with its alpha; then how many are. Needs qpdf.
"""

import base64
import json
import re
import struct
import subprocess
import sys
import zlib

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def paeth(a, b, c):
    p = a + b - c
    return min((a, b, c), key=lambda v: abs(p - v))


def undo(data, width, height, bits, channels):
    """Rows of samples out of filtered bytes, and what is left of these."""
    if not width or not height:
        return [], data
    n, pixel = (width * bits * channels + 7) // 8, max(1, bits * channels // 8)
    up, rows = bytearray(n), []
    for _ in range(height):
        kind, row = data[0], bytearray(data[1:n + 1])
        assert len(row) == n and kind < 5
        data = data[n + 1:]
        for i in range(n):
            a = row[i - pixel] if i >= pixel else 0
            c = up[i - pixel] if i >= pixel else 0
            row[i] = row[i] + (0, a, up[i], (a + up[i]) // 2, paeth(a, up[i], c))[kind] & 255
        rows.append(samples(row, width * channels, bits))
        up = row
    return rows, data


def samples(row, n, bits):
    if bits == 16:
        return list(struct.unpack(f">{n}H", row[:2 * n]))
    return [row[i * bits // 8] >> 8 - bits - i * bits % 8 & (1 << bits) - 1 for i in range(n)]


def read(path):
    """Width, height, bits and rows of pixels: tuples of grey or red, green, blue, and alpha."""
    with open(path, "rb") as file:
        data = file.read()
    chunks, at = {}, 8
    while at < len(data):
        n, kind = struct.unpack(">I4s", data[at:at + 8])
        chunks[kind] = chunks.get(kind, b"") + data[at + 8:at + 8 + n]
        at += n + 12
    width, height, bits, colour, _, _, interlaced = struct.unpack(">2I5B", chunks[b"IHDR"])
    channels, stream = CHANNELS[colour], zlib.decompress(chunks[b"IDAT"])
    image = [[None] * width for _ in range(height)]
    for x, y, across, down in PASSES if interlaced else [(0, 0, 1, 1)]:
        columns, lines = range(x, width, across), range(y, height, down)
        rows, stream = undo(stream, len(columns), len(lines), bits, channels)
        for row, line in zip(rows, lines):
            for i, column in enumerate(columns):
                image[line][column] = tuple(row[i * channels:(i + 1) * channels])
    assert not stream
    return width, height, bits, [[see(pixel, bits, colour, chunks) for pixel in row] for row in image]


def see(pixel, bits, colour, chunks):
    """What is seen, and how opaque it is, from 0 to 1."""
    most, alpha = (1 << bits) - 1, chunks.get(b"tRNS", b"")
    if colour == 3:
        i = pixel[0]
        return tuple(chunks[b"PLTE"][3 * i:3 * i + 3]), (alpha[i] if i < len(alpha) else 255) / 255
    if colour in (4, 6):
        return pixel[:-1], pixel[-1] / most
    key = tuple(v & most for v in struct.unpack(f">{len(alpha) // 2}H", alpha))
    return pixel, float(key != pixel)


def write(path, width, height, bits, colour, rows, interlaced=False, more=()):
    """A PNG of rows of samples; `more`: chunks (kind, bytes) before the pixels."""
    channels, stream = CHANNELS[colour], b""
    for x, y, across, down in PASSES if interlaced else [(0, 0, 1, 1)]:
        for line in range(y, height, down):
            cells = [v for column in range(x, width, across)
                     for v in rows[line][column * channels:(column + 1) * channels]]
            if cells:
                stream += b"\0" + pack(cells, bits)
    chunk = lambda kind, data: (struct.pack(">I", len(data)) + kind + data
                                + struct.pack(">I", zlib.crc32(kind + data)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
            ">2I5B", width, height, bits, colour, 0, 0, interlaced)))
        for kind, data in more:
            file.write(chunk(kind, data))
        file.write(chunk(b"IDAT", zlib.compress(stream, 9)) + chunk(b"IEND", b""))


def pack(cells, bits):
    if bits == 16:
        return struct.pack(f">{len(cells)}H", *cells)
    text = "".join(format(v, f"0{bits}b") for v in cells)
    text += "0" * (-len(text) % 8)
    return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))


class Pdf:
    """The images of a PDF by name."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.raw = file.read()
        dump = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
            capture_output=True, check=True).stdout
        self.objects = {key[4:]: value for key, value in json.loads(dump)["qpdf"][1].items()}
        self.names = {}
        for value in self.objects.values():
            found = value.get("value")
            if isinstance(found, dict) and "/XObject" in found:
                self.names.update(found["/XObject"])

    def stream(self, ref):
        """Its dictionary and its bytes."""
        stream = self.objects[ref]["stream"]
        return stream["dict"], base64.b64decode(stream["data"])

    def palette(self, ref):
        """As it is in the file: JSON has texts, not bytes."""
        start = self.raw.index(b"\n" + ref[:-1].encode() + b"obj")
        return bytes.fromhex(re.search(b"/Indexed [^<]*<([0-9A-F]*)>", self.raw[start:])[1].decode())

    def rows(self, ref, channels):
        entries, data = self.stream(ref)
        width, height, bits = entries["/Width"], entries["/Height"], entries["/BitsPerComponent"]
        n = (width * bits * channels + 7) // 8
        assert len(data) == n * height, "wrong length"
        return bits, [samples(data[i * n:(i + 1) * n], width * channels, bits) for i in range(height)]

    def read(self, name):
        """As read() of a file."""
        entries, _ = self.stream(self.names[name])
        space, palette = entries["/ColorSpace"], None
        if isinstance(space, list) and space[0] == "/Indexed":
            palette, space = self.palette(self.names[name]), space[1]
            assert len(palette) == 3 * (entries["/ColorSpace"][2] + 1)
        if isinstance(space, list):
            channels = self.stream(space[1])[0]["/N"]
        else:
            channels = {"/DeviceGray": 1, "/DeviceRGB": 3}[space]
        channels = 1 if palette else channels
        bits, rows = self.rows(self.names[name], channels)
        width, height = entries["/Width"], entries["/Height"]
        alpha = [[1.0] * width for _ in range(height)]
        if "/SMask" in entries:
            deep, mask = self.rows(entries["/SMask"], 1)
            alpha = [[v / ((1 << deep) - 1) for v in row] for row in mask]
        seen = [[(tuple(palette[3 * row[x]:3 * row[x] + 3]) if palette
                  else tuple(row[x * channels:(x + 1) * channels]), alpha[y][x])
                 for x in range(width)] for y, row in enumerate(rows)]
        return width, height, bits, seen


def main(pdf, *files):
    images, right = Pdf(pdf), 0
    if len(images.names) != len(files):
        print(f"{len(images.names)} images, not {len(files)}")
    for i, file in enumerate(files, 1):
        if images.read(f"/Im{i}") == read(file):
            right += 1
        else:
            print(f"/Im{i} is not {file}")
    print(f"{right} images are right")


if __name__ == "__main__":
    main(*sys.argv[1:])
