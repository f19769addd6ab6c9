# What a killed build left is taken away by a later one, once it is a day old.
cp -r "$TESTS/../input/tour" r && cd r || exit
for name in .rapporteur-old123 .rapporteur-new123 .rapporteur-longer7 rapporteur-old12; do
	echo x >$name
done
ln -s nowhere .rapporteur-link12
mkdir .rapporteur-folder
touch -h -d '2 days ago' .rapporteur-* rapporteur-old12
touch .rapporteur-new123
"$RAPPORTEUR" build report.yaml -o out.pdf || exit
ls -dA .rapporteur-* rapporteur-*
