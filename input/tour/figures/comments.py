"""Draw the chart of comments from data/figures.csv, as SVG on standard output.

    python3 comments.py | rsvg-convert -w 1320 -o comments.png
"""

import csv
import os

FOLDER = os.path.dirname(os.path.abspath(__file__))
WANTED = {"Comments received": "#0b3d91", "Comments resolved": "#7a9bd1"}
PERIODS = {"before": "January – June 2025", "now": "July – December 2025"}
WIDTH, BAR, GAP, LEFT, MOST = 440, 24, 20, 128, 300  # of the axis: 300 comments

with open(os.path.join(FOLDER, "../data/figures.csv"), encoding="utf-8") as file:
    rows = {row["figure"]: row for row in csv.DictReader(file)}

out, y = [], 10
scale = (WIDTH - LEFT - 30) / MOST
for key, period in PERIODS.items():
    middle = y + BAR + 4
    out.append(f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{period}</text>')
    for name, colour in WANTED.items():
        value = int(rows[name][key])
        out.append(f'<rect x="{LEFT}" y="{y}" width="{value * scale:.1f}" height="{BAR}" fill="{colour}"/>')
        out.append(f'<text x="{LEFT + value * scale + 5:.1f}" y="{y + BAR / 2 + 4}">{value}</text>')
        y += BAR
    y += GAP
out.append(f'<path d="M{LEFT} 4V{y - GAP / 2}" stroke="#000"/>')
x = LEFT
for name, colour in WANTED.items():
    out.append(f'<rect x="{x}" y="{y + 2}" width="10" height="10" fill="{colour}"/>')
    out.append(f'<text x="{x + 15}" y="{y + 11}">{name}</text>')
    x += 140
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 20}" '
      'font-family="Liberation Serif" font-size="12">'
      f'<rect width="100%" height="100%" fill="#fff"/>{"".join(out)}</svg>')
