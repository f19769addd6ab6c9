#!/usr/bin/env python3
"""The ICC profile of sRGB, version 2, as small as its colours allow.

usage: src/pdf/srgb.py >src/pdf/srgb.c     (make srgb; make check compares)
       src/pdf/srgb.py --icc >srgb.icc     (to look at it with other programs)

All that it holds follows from IEC 61966-2-1: the primaries and white point,
adapted to the D50 of the profile connection space by the Bradford matrix, and
the transfer curve, of which POINTS values are kept; readers draw straight
lines between them.
"""
import struct
import sys

# CIE x, y of red, green, blue and white.
PRIMARIES = (0.64, 0.33), (0.30, 0.60), (0.15, 0.06)
D65 = 0.3127, 0.3290
D50 = 0.9642, 1.0, 0.8249  # as ICC.1 has it
BRADFORD = (
    (0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
POINTS = 128
YEAR = 1999  # of the standard: the profile's date never changes
COPYRIGHT = b"No rights reserved."
NAME = b"sRGB"


def inverse(m):
    """The inverse of a 3 by 3 matrix."""
    (a, b, c), (d, e, f), (g, h, i) = m
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return tuple(tuple(v / det for v in row) for row in (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d)))


def apply(m, v):
    return tuple(sum(x * y for x, y in zip(row, v)) for row in m)


def xyz(x, y):
    """The colour of that chromaticity with Y = 1."""
    return x / y, 1.0, (1 - x - y) / y


def colorants():
    """X, Y, Z of red, green and blue at full strength, seen under D50."""
    white = xyz(*D65)
    columns = [xyz(*p) for p in PRIMARIES]
    strength = apply(inverse(tuple(zip(*columns))), white)
    cones = tuple(d50 / d65 for d50, d65 in zip(apply(BRADFORD, D50), apply(BRADFORD, white)))

    def adapt(v):
        seen = tuple(a * b for a, b in zip(apply(BRADFORD, v), cones))
        return apply(inverse(BRADFORD), seen)
    return [adapt([v * s for v in column]) for column, s in zip(columns, strength)]


def curve(v):
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def tag_xyz(v):
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(x * 65536)) for x in v)


def tag_desc(text):
    # An ASCII name, then no Unicode and no ScriptCode one.
    text += b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(8 + 3 + 67)


def tag_curve():
    values = [round(curve(i / (POINTS - 1)) * 65535) for i in range(POINTS)]
    return b"curv\0\0\0\0" + struct.pack(">I%dH" % POINTS, POINTS, *values)


def profile():
    red, green, blue = colorants()
    trc = tag_curve()
    tags = [(b"desc", tag_desc(NAME)), (b"cprt", b"text\0\0\0\0" + COPYRIGHT + b"\0"),
            (b"wtpt", tag_xyz(D50)), (b"rXYZ", tag_xyz(red)), (b"gXYZ", tag_xyz(green)),
            (b"bXYZ", tag_xyz(blue)), (b"rTRC", trc), (b"gTRC", trc), (b"bTRC", trc)]
    at = 128 + 4 + 12 * len(tags)
    table, data, places = struct.pack(">I", len(tags)), b"", {}
    for name, tag in tags:
        # Equal tags are stored once.
        if tag not in places:
            places[tag] = at + len(data)
            data += tag + bytes(-len(tag) % 4)
        table += struct.pack(">4sII", name, places[tag], len(tag))
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4sIQI3i4s44x", at + len(data), bytes(4), 0x02100000, b"mntr",
        b"RGB ", b"XYZ ", YEAR, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, bytes(4), 0, 0, 0,
        *(round(v * 65536) for v in D50), bytes(4))
    return header + table + data


def main():
    icc = profile()
    if sys.argv[1:] == ["--icc"]:
        sys.stdout.buffer.write(icc)
        return
    print("/* The ICC profile of sRGB, written by srgb.py: change that. */")
    print('#include "pdf/pdf_int.h"\n')
    print("/* clang-format off */")
    print("const unsigned char pdf_srgb[PDF_SRGB_SIZE] = {")
    for i in range(0, len(icc), 12):
        print("    " + " ".join("0x%02x," % b for b in icc[i:i + 12]))
    print("};")


main()
