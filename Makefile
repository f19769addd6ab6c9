# Rapporteur: builds the library and the command, checks them, makes the reports.
#
# FLAVOR = release (default) | dev | sanitize | thread | coverage | fuzz, each with
# its own objects
# V=1 shows the commands, T=name runs only the tests whose name holds it.
# CC, CPPFLAGS, CFLAGS, LDFLAGS and LDLIBS are the user's: ours stand before them.
# Nothing here needs a compiler or pkg-config until something is compiled, so
# that `make report` and `make test` can first install what is missing.

FLAVOR = release
WERROR = 1
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share/rapporteur
MANDIR = $(PREFIX)/share/man
REPORTS = sg20-2025-12 tour
STYLES = plain modern

# The sources, in the order of the pipeline: the list is the map.
BASE = arena.c str.c limits.c diag.c diagprint.c beneath.c file.c folder.c \
	outfile.c deps.c hash.c unit.c progress.c clocks.c seen.c uni.c unibreak.c \
	unidate.c unisort.c json.c jsonread.c
LOAD = yaml.c syntax.c scalar.c tree.c include.c node.c locate.c
MODEL = keys.c value.c keytables.c profilekeys.c coverkeys.c text.c entry.c \
	table.c figure.c dataset.c update.c report.c standard.c fact.c set.c \
	style.c cover.c font.c extend.c parts.c profile.c lintkeys.c lint.c \
	expect.c querykeys.c query.c schema.c
DATA = csv.c csvrows.c rows.c setplaces.c setvalue.c setcolumns.c setrows.c \
	setcsv.c setyaml.c setjson.c setsqlite.c sets.c ask.c apply.c updates.c \
	sql.c guard.c query.c shorthand.c late.c values.c queryrows.c answer.c \
	each.c rules.c listed.c dated.c printed.c expand.c
INLINE = markdown.c mdblock.c mdtext.c mdlink.c entity.c names.c values.c \
	spans.c link.c code.c cell.c grid.c figure.c blocks.c notes.c label.c \
	refs.c resolve.c
REVIEW = walk.c identifier.c check_identifiers.c check_order.c \
	check_links.c check_data.c checks.c sequence.c join.c words.c gather.c sections.c \
	tables.c bodies.c items.c emit.c emititem.c emitfact.c compare.c print.c \
	printjson.c mark.c markwords.c markgone.c annex.c
IMAGE = icc.c exif.c png.c jpeg.c check.c
TEXT = families.c face.c fonts.c shape.c words.c dates.c items.c hyphen.c \
	divide.c points.c fit.c lines.c
LAYOUT = tags.c frame.c box.c para.c board.c blocks.c heading.c list.c notes.c \
	toc.c columns.c cells.c series.c table.c figure.c flow.c refresh.c
PAGE = atoms.c choose.c paginate.c settle.c only.c paint.c paintframe.c \
	painttable.c furniture.c
PDF = object.c content.c predict.c cmyk.c image.c cff.c tounicode.c font.c \
	tree.c links.c outline.c structure.c metadata.c srgb.c attach.c squeeze.c \
	save.c write.c readvalue.c readobject.c read.c
VERBS = verify.c compare.c updatetext.c update.c query.c
TOP = build.c record.c dump.c dumpmodel.c

LISTED = $(BASE:%=base/%) $(LOAD:%=load/%) $(MODEL:%=model/%) \
	$(DATA:%=data/%) $(INLINE:%=inline/%) $(REVIEW:%=review/%) $(IMAGE:%=image/%) \
	$(TEXT:%=text/%) $(LAYOUT:%=layout/%) $(PAGE:%=page/%) $(PDF:%=pdf/%) $(TOP) \
	$(VERBS:%=verbs/%)
SRC = $(LISTED:%=src/%)
MODULES = harfbuzz-subset harfbuzz md4c icu-i18n icu-uc libdeflate yaml-0.1 \
	jansson libmd libpng libjpeg sqlite3

ifeq ($(filter $(FLAVOR),release dev sanitize thread coverage fuzz),)
$(error FLAVOR is release, dev, sanitize, thread, coverage or fuzz)
endif

COMPILER := $(notdir $(firstword $(CC)))
B := .build/$(FLAVOR)$(if $(filter-out cc gcc,$(COMPILER)),-$(COMPILER))
PROGRAM := $(B)/rapporteur
LIBRARY := $(B)/librapporteur.a
OBJ := $(SRC:%.c=$(B)/%.o)
UNIT := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))
SUPPORT := $(patsubst %.c,$(B)/%.o,$(wildcard tests/unit/support*.c))
FUZZ = build inline csv sets image verify
CODE = $(wildcard include/*.h src/*.[ch] src/*/*.[ch] tests/*.c tests/*/*.[ch])
MAN = $(wildcard src/*.[1-9])
Q := $(if $(V),,@)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wdouble-promotion \
	-Wformat=2 -Wundef -Wvla -Wcast-qual -Wwrite-strings -Wpointer-arith \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wredundant-decls -Wswitch-enum -Wimplicit-fallthrough \
	$(if $(WERROR),-Werror)
WARN_STRICT = -Wnull-dereference -Wframe-larger-than=16384
MACHINE := $(shell uname -m)
HARDEN_x86_64 = -fcf-protection
HARDEN_aarch64 = -mbranch-protection=standard
HARDEN = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fPIE $(HARDEN_$(MACHINE))
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all

CFLAGS_release = -O2 $(HARDEN) $(WARN_STRICT)
CFLAGS_dev = -Og -g $(WARN_STRICT)
CFLAGS_sanitize = -O1 -g -fno-omit-frame-pointer $(SANITIZE)
CFLAGS_thread = -O1 -g -fsanitize=thread
CFLAGS_coverage = -O0 -g --coverage
CFLAGS_fuzz = -O1 -g -fno-omit-frame-pointer $(SANITIZE) \
	-fsanitize=fuzzer-no-link
LDFLAGS_release = -pie -Wl,-z,relro,-z,now -Wl,--as-needed
LDFLAGS_sanitize = $(SANITIZE)
LDFLAGS_coverage = --coverage
LDFLAGS_fuzz = $(SANITIZE)

# pkg-config is asked once, when the first file is compiled.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(patsubst -I%,-isystem%,$$(shell \
	pkg-config --cflags $(MODULES))))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell \
	pkg-config --libs $(MODULES)))$(PKG_LIBS)

COMPILE = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc \
	$(PKG_CFLAGS) $(WARN) -pthread -fno-common $(CFLAGS_$(FLAVOR)) \
	$(DEFINES) $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) -pthread $(CFLAGS_$(FLAVOR)) $(CFLAGS) $(LDFLAGS_$(FLAVOR)) \
	$(LDFLAGS)
LIBS = $(PKG_LIBS) -lhpdf -lcsv -lhyphen -lm $(LDLIBS)

# What a flavour's tests find in their environment.
export RAPPORTEUR = $(abspath $(PROGRAM))
export TESTS = $(CURDIR)/tests
export FLAVOR
export VERAPDF
export PYTHONDONTWRITEBYTECODE = 1
export ASAN_OPTIONS = detect_stack_use_after_return=1
export UBSAN_OPTIONS = print_stacktrace=1
export LSAN_OPTIONS = suppressions=$(TESTS)/lsan.supp:print_suppressions=0

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all objects check test sanitize coverage unit replay golden \
	golden-accept profile diag cli pngsuite stress words thread check-pdf \
	check-pdf-accept \
	check-long oom fuzz fuzz-run bench layers format format-check lint schema \
	schema-current srgb srgb-current report screenshots install uninstall dist \
	distcheck clean help FORCE

## all: the command, in .build/FLAVOR/rapporteur (the default)
all: $(PROGRAM)

$(PROGRAM): $(B)/src/main.o $(LIBRARY)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(LIBRARY): $(OBJ)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/%.o: %.c Makefile $(B)/flags
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<" &&) $(COMPILE) -MMD -MP -c -o $@ $<

# Only this file knows where the data are when installed.
$(B)/src/base/file.o: DEFINES = -DRAP_DATADIR='"$(DATADIR)"'

# Changes when the compiler, the flags or the folders do.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(WERROR) $(CPPFLAGS) $(CFLAGS) $(DATADIR) $(CURDIR)' | \
		cmp -s - $@ || \
	echo '$(CC) $(WERROR) $(CPPFLAGS) $(CFLAGS) $(DATADIR) $(CURDIR)' >$@

$(B)/unit/%: $(B)/tests/unit/%.o $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ $(LIBS) -lcmocka

# A fuzz target with libFuzzer, and with a main that gives it files.
FUZZED = $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/fuzz.o
$(B)/fuzz_%: $(FUZZED) $(LIBRARY)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(B)/replay_%: $(FUZZED) $(B)/tests/fuzz/replay.o $(LIBRARY)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(B)/oom.so: tests/oom.c $(B)/flags
	$(Q)$(CC) -std=c11 $(WARN) -O1 -fPIC -shared -o $@ $<

-include $(OBJ:.o=.d) $(B)/src/main.d \
	$(wildcard $(B)/tests/unit/*.d $(B)/tests/fuzz/*.d)

## objects: compile every source, link nothing (make -k shows all faults)
objects: $(OBJ)

# Tests. Each runner prints "name: N passed, N failed".

## check: everything a change must pass; ends with "N passed, N failed"
SUITES = layers format-check schema-current srgb-current unit replay golden \
	profile diag cli pngsuite words check-pdf stress
check:
	$(Q)MAKE='$(MAKE)' tests/run.sh $(SUITES)

## test: install what the checks need, then check
test:
	$(Q).ci/setup test
	$(Q)$(MAKE) --no-print-directory check

## unit: one cmocka program for each source file
UNIT_RUN = $(if $(T),$(foreach t,$(UNIT),$(if \
	$(findstring $(T),$(notdir $(t))),$(t))),$(UNIT))
unit: $(UNIT_RUN)
	$(Q)tests/unit.sh $(UNIT_RUN)

## replay: the fuzz targets over what once broke them, and good seeds
replay: $(FUZZ:%=$(B)/replay_%)
	$(Q)tests/replay.sh $^

## golden: what each stage prints for tests/golden, against the files there
golden: $(PROGRAM)
	$(Q)tests/golden.sh $(T)

## golden-accept: take what the stages print now as right
golden-accept: $(PROGRAM)
	$(Q)tests/golden.sh --accept $(T)

## profile: each key of a profile changes the pages as it says
profile: $(PROGRAM)
	$(Q)python3 tests/profile.py input/report.schema.json

## diag: the smallest trigger of every message
diag: $(PROGRAM)
	$(Q)tests/diag.sh $(T)

## cli: the command line, its files and exit statuses
cli: $(PROGRAM)
	$(Q)tests/cli.sh $(T)

## pngsuite: right images in the PDF pixel by pixel, corrupt ones refused
pngsuite: $(PROGRAM)
	$(Q)tests/pngsuite.sh

## words: every word of the input is in the PDF's text
words: $(PROGRAM)
	$(Q)tests/words.sh $(T)

## check-pdf: the PDFs against their standards (veraPDF), and as they read
check-pdf: $(PROGRAM)
	$(Q)python3 tests/check-pdf.py $(T)

## check-pdf-accept: take the structure of tests/pdf now as right
check-pdf-accept: $(PROGRAM)
	$(Q)VERAPDF=off python3 tests/check-pdf.py --accept $(T)

## stress: size and depth, under limits of time and memory
stress: $(PROGRAM)
	$(Q)tests/stress.sh $(T)

## sanitize: check under the address and undefined behaviour sanitizers
sanitize:
	$(Q)$(MAKE) --no-print-directory FLAVOR=sanitize check

## thread: what threads share, under the thread sanitizer
thread:
	$(Q)$(MAKE) --no-print-directory FLAVOR=thread unit T=squeeze
	$(Q)$(MAKE) --no-print-directory FLAVOR=thread cli T=jobs

## coverage: check, then the share of each file's lines that ran
coverage:
	$(Q)$(MAKE) --no-print-directory FLAVOR=coverage check
	$(Q)tests/coverage.sh .build/coverage

## check-long: long tables, valgrind over reports and goldens, oom (minutes)
check-long: $(PROGRAM)
	$(Q)python3 tests/check-pdf.py --long
	$(Q)$(MAKE) --no-print-directory FLAVOR=dev all
	$(Q)RAPPORTEUR=$(CURDIR)/.build/dev/rapporteur tests/valgrind.sh
	$(Q)$(MAKE) --no-print-directory FLAVOR=release oom

## oom: every allocation and every call of the system fails once
oom: $(PROGRAM) $(B)/oom.so
	$(Q)tests/oom.sh $(abspath $(B)/oom.so)

## fuzz: look for input that breaks a promise (SECONDS_EACH=60, T=name)
fuzz:
	$(Q)$(MAKE) --no-print-directory FLAVOR=fuzz CC=clang fuzz-run

fuzz-run: $(FUZZ:%=$(B)/fuzz_%)
	$(Q)tests/fuzz.sh $(if $(T),$(foreach f,$^,$(if \
	$(findstring $(T),$(notdir $f)),$f)),$^)

## bench: time, memory, bytes beside the floor, Typst and groff (T="0 1000")
bench: $(PROGRAM) $(B)/floor $(B)/measure
	$(Q)python3 tests/bench/bench.py $(PROGRAM) $(B) $(T)

$(B)/floor $(B)/measure: $(B)/%: $(B)/tests/bench/%.o
	$(Q)$(LINK) -o $@ $^ -lhpdf -lm

## layers: includes go one way, each library has one home, no file swells
layers:
	$(Q).ci/layers-test
	$(Q).ci/layers $(LISTED:%=src/%)
	@echo 'layers: 1 passed, 0 failed'

## format: lay the code out by .clang-format
format:
	$(Q)clang-format -i $(CODE)

## format-check: is it laid out so?
format-check:
	$(Q).ci/format $(CODE)

## lint: cppcheck over the code, mandoc over the manuals
lint:
	$(Q).ci/lint $(MAN)

## schema: write the JSON Schema anew, after a change of keys
schema: $(PROGRAM)
	$(Q)$(PROGRAM) schema >input/report.schema.json

## schema-current: the committed JSON Schema is what the reader takes
schema-current: $(PROGRAM)
	$(Q).ci/schema

## srgb: write the ICC profile anew, after a change of its script
srgb:
	$(Q)python3 src/pdf/srgb.py >src/pdf/srgb.c

## srgb-current: the committed ICC profile is what the script writes
srgb-current:
	$(Q)python3 src/pdf/srgb.py | diff -u src/pdf/srgb.c -
	@echo 'srgb-current: 1 passed, 0 failed'

# Reports.

# The reports, and one of them in other house styles for comparison and as its
# next edition.
OUTPUTS = $(REPORTS:%=output/%.pdf) $(STYLES:%=output/sg20-2025-12-%.pdf) \
	output/sg20-2025-12-next.pdf

## report: install what is missing, then build the reports into output/
report:
	$(Q).ci/setup report
	$(Q)$(MAKE) --no-print-directory $(OUTPUTS)

output/%.pdf: input/%/report.yaml $(PROGRAM)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  PDF $@" &&) \
	$(PROGRAM) build $< -o $@ --deps $(B)/$*.pdf.d

output/sg20-2025-12-%.pdf: input/sg20-2025-12/report.yaml $(PROGRAM)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  PDF $@" &&) \
	$(PROGRAM) build $< --profile $* -o $@ --deps $(B)/sg20-2025-12-$*.pdf.d

output/sg20-2025-12-next.pdf: input/sg20-2025-12/next.yaml $(PROGRAM)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  PDF $@" &&) \
	$(PROGRAM) build $< -o $@ --deps $(B)/sg20-2025-12-next.pdf.d

-include $(wildcard $(OUTPUTS:output/%=$(B)/%.d))

## screenshots: the pictures in the README, from the report
screenshots: output/sg20-2025-12.pdf
	$(Q)for page in 1 13; do pdftoppm -r 60 -png -singlefile \
		-f $$page -l $$page $< input/sg20-2025-12/page-$$page; done

# Installation.

## install: command, manuals, profiles and fonts below PREFIX (DESTDIR)
install: $(PROGRAM)
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(DATADIR)/profiles' \
		'$(DESTDIR)$(DATADIR)/fonts'
	install $(PROGRAM) '$(DESTDIR)$(BINDIR)'
	install -m 644 input/profiles/*.yaml '$(DESTDIR)$(DATADIR)/profiles'
	install -m 644 fonts/families.yaml '$(DESTDIR)$(DATADIR)/fonts'
	install -m 644 input/report.schema.json '$(DESTDIR)$(DATADIR)'
	for page in $(MAN); do \
		install -D -m 644 $$page \
		"$(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}"; done

## uninstall: remove what install put there
uninstall:
	rm -f '$(DESTDIR)$(BINDIR)/rapporteur'
	rm -rf '$(DESTDIR)$(DATADIR)'
	for page in $(MAN); do \
		rm -f "$(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}"; done

## dist: the committed tree as .build/rapporteur.tar.gz
dist:
	@mkdir -p .build
	$(Q)git archive --prefix=rapporteur/ -o .build/rapporteur.tar.gz HEAD

## distcheck: unpack, build, check, install and use that tree
distcheck: dist
	$(Q)MAKE='$(MAKE)' .ci/distcheck

## clean: remove what was built, and the reports
clean:
	$(Q)rm -rf .build output

## help: this list
help:
	@sed -n 's/^## //p' Makefile
