# The program calls none of what libharu does wrong: its loaders of images and
# fonts, which die of bad files, its PDF/A, its saving to a file, its
# attachments, its encryption. Nor does the source name them.
bad='HPDF_(Load[A-Za-z0-9]*|Image_Load[A-Za-z0-9]*|PDFA_[A-Za-z0-9_]*|SaveTo[A-Za-z]*|AttachFile|SetInfoDateAttr|SetPassword|SetEncryptionMode)'
nm -D --undefined-only "$RAPPORTEUR" | grep -o 'HPDF_[A-Za-z0-9_]*' | sort -u >used
grep -c . used >count || echo 'no symbol of libharu: is it linked another way?'
grep -xE "$bad" used
grep -rnE "\<$bad\>" "$TESTS/../src" "$TESTS/../include"
# The patterns find what they should.
printf '%s\n' HPDF_LoadPngImageFromFile HPDF_LoadJpegImageFromMem HPDF_LoadRawImage \
	HPDF_LoadTTFontFromFile2 HPDF_PDFA_SetPDFAConformance HPDF_SaveToFile |
	grep -cxE "$bad"
