# Each kind of PNG has its pixels in the PDF, once; of a JPEG all but the picture goes.
report() {
	echo 'report: {title: T, language: en, status-date: 2025-01-31}'
	echo 'body:'
	for file; do echo "  - figure: {file: $file, alt: An image}"; done
}

# Every colour type, depth and way to be transparent, interlaced or not.
PYTHONPATH="$TESTS" python3 - <<'P'
import itertools
import random
import struct
import zlib

import png

random.seed(1)
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
for colour, depths in DEPTHS.items():
    for bits, interlaced, clear in itertools.product(depths, (False, True), (False, True)):
        if clear and colour > 3:
            continue
        most, more = (1 << bits) - 1, []
        # Few values, so that one of them is met again.
        some = [random.randint(0, most) for _ in range(3)] + [most]
        if colour == 3:
            more.append((b"PLTE", random.randbytes(3 * (most + 1))))
            if clear:
                more.append((b"tRNS", random.randbytes(most // 2 + 1)))
        elif clear:
            more.append((b"tRNS", struct.pack(">H", some[0]) * png.CHANNELS[colour]))
        for width, height in ((13, 11), (1, 1)):
            rows = [[random.choice(some) for _ in range(width * png.CHANNELS[colour])] for _ in range(height)]
            if clear and colour != 3:
                rows[0][:png.CHANNELS[colour]] = some[:1] * png.CHANNELS[colour]
            name = f"{colour}-{bits}{'i' * interlaced}{'t' * clear}-{width}.png"
            png.write(name, width, height, bits, colour, rows, interlaced, more)
# Nothing is transparent: no mask. A palette shorter than its indices could be.
png.write("opaque.png", 2, 2, 8, 6, [[1, 2, 3, 255] * 2] * 2)
png.write("index.png", 2, 1, 8, 3, [[0, 1]], more=[(b"PLTE", bytes(3))])
png.write("inch.png", 300, 150, 1, 0, [[0] * 300] * 150, more=[(b"pHYs", struct.pack(">2IB", 11811, 11811, 1))])
png.write("flat.png", 300, 150, 1, 0, [[0] * 300] * 150, more=[(b"pHYs", struct.pack(">2IB", 1, 2, 0))])
# A colour profile that two images share; one that is of other colours.
icc = bytearray(148)
icc[0:4], icc[8], icc[12:24], icc[36:40] = struct.pack(">I", 148), 2, b"mntrRGB XYZ ", b"acsp"
icc[68:80] = struct.pack(">3I", 63190, 65536, 54061)
icc[128:144] = struct.pack(">I4s2I", 1, b"desc", 144, 4)
for name, colour in (("icc-a", 2), ("icc-b", 2), ("icc-gray", 0)):
    png.write(name + ".png", 1, 1, 8, colour, [[1] * png.CHANNELS[colour]],
              more=[(b"iCCP", b"P\0\0" + zlib.compress(bytes(icc), 0))])
P
report ?-*.png >r.yaml
"$RAPPORTEUR" build r.yaml -o r.pdf || exit
python3 "$TESTS/png.py" r.pdf ?-*.png
qpdf --check r.pdf >check 2>&1 || cat check

report opaque.png opaque.png inch.png flat.png >o.yaml
"$RAPPORTEUR" build o.yaml -o o.pdf || exit
pdfimages -list o.pdf | awk 'NR > 2 {print $3, $4, $5, $6, $8, $9, $13, $14}'
pdfimages -list o.pdf | awk 'NR > 2 {print $11}' | uniq | wc -l
report index.png >i.yaml
"$RAPPORTEUR" check i.yaml 2>&1 | head -n 1

report icc-a.png icc-b.png icc-gray.png >p.yaml
"$RAPPORTEUR" build p.yaml -o p.pdf || exit
pdfimages -list p.pdf | awk 'NR > 2 {print $6}'
# One for both images, and that of the output intent.
grep -ac '/N 3 ' p.pdf

# JPEG: what kind it is, and that nothing else is in it.
cp "$TESTS"/jpeg/*.jpg .
report gray.jpg rgb.jpg progressive.jpg arithmetic.jpg restart.jpg trailer.jpg \
	exif.jpg cmyk-adobe.jpg cmyk-plain.jpg ycck.jpg >j.yaml
"$RAPPORTEUR" build j.yaml -o j.pdf || exit
pdfimages -list j.pdf | awk 'NR > 2 {print $3, $4, $5, $6, $7, $8, $9}'
grep -aq -e SECRET -e Exif j.pdf && echo 'there is more than a picture'
qpdf --qdf --object-streams=disable j.pdf j.txt
grep -ac '/Decode \[' j.txt
grep -aq DeviceCMYK j.txt && echo 'CMYK without a profile'
qpdf --check j.pdf >check 2>&1 || cat check
"$TESTS/../.ci/cmyk-profile" | cmp - "$TESTS/../src/pdf/cmyk.c"

# As Exif says it is seen: red, yellow, black and green from the top left on.
report exif.jpg >e.yaml
"$RAPPORTEUR" build e.yaml -o e.pdf || exit
set -- $("$RAPPORTEUR" build e.yaml --dump pages | sed -n 's/^  image \([0-9]*\)[0-9]\{3\} \([0-9]*\)[0-9]\{3\} .*/\1 \2/p')
pdftoppm -r 72 -x "$1" -y "$2" -W 11 -H 15 e.pdf e
python3 - <<'P'
import glob
with open(glob.glob("e-*.ppm")[0], "rb") as file:
    data = file.read()[-11 * 15 * 3:]
for x, y in ((2, 3), (8, 3), (2, 11), (8, 11)):
    print(*(v // 128 for v in data[3 * (y * 11 + x):][:3]))
P

# What is no picture or not all of one is refused.
: >empty.jpg
head -c 2 rgb.jpg >two.jpg
head -c 500 rgb.jpg >short.jpg
echo '<!DOCTYPE html>' >page.jpg
for size in zero huge; do
	python3 - $size <<'P'
import sys
with open("rgb.jpg", "rb") as file:
    data = bytearray(file.read())
at = data.index(b"\xff\xc0") + 7
data[at:at + 2] = b"\0\0" if sys.argv[1] == "zero" else b"\xff\xdc"
with open(sys.argv[1] + ".jpg", "wb") as file:
    file.write(data)
P
done
report empty.jpg two.jpg short.jpg page.jpg zero.jpg >b.yaml
"$RAPPORTEUR" build b.yaml -o b.pdf 2>messages
echo "status $?"
sed -n 's/cannot be read: .* \[/cannot be read: … [/; /error:/p' messages
report huge.jpg >h.yaml
"$RAPPORTEUR" build h.yaml -o h.pdf 2>messages
echo "status $?"
sed -n '/error:/p; /hint:/p' messages
[ ! -e b.pdf ] && [ ! -e h.pdf ] || echo 'a PDF of what was refused'

# libharu's own loaders of images are not even linked.
grep -aq HPDF_Load "$RAPPORTEUR" && echo 'libharu loads images'
exit 0
