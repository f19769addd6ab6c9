# The same bytes in another folder, locale, time zone, with another clock.
cp -r "$TESTS/../input/tour" one
mkdir two && cp -r one two/three
localedef -i de_DE -f UTF-8 ./de_DE.UTF-8 2>/dev/null
"$RAPPORTEUR" build one/report.yaml -o a.pdf || exit
LOCPATH=$PWD LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu "$RAPPORTEUR" build two/three/report.yaml -o b.pdf || exit
cmp a.pdf b.pdf || exit 8
(cd two/three && env -i "$RAPPORTEUR" build report.yaml -o c.pdf) || exit
cmp a.pdf two/three/c.pdf || exit 8
SOURCE_DATE_EPOCH=1000000000 "$RAPPORTEUR" build one/report.yaml -o d.pdf || exit
cmp -s a.pdf d.pdf && exit 7
TZ=UTC pdfinfo d.pdf | grep CreationDate
