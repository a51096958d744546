# Regimen: one command, two libraries.  `make help` lists the targets.

VERSION  := 0.1.0
SOVERSION := 0
VARIANT  ?= release
BUILD    := build/$(VARIANT)
PREFIX   ?= /usr/local
DESTDIR  ?=

CC       ?= cc
CXX      ?= c++
FLEX     ?= flex
BISON    ?= bison
WARN     := -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wundef -Wvla -Wwrite-strings
WARN_C   := -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
OPT      ?= -O2
SAN      ?=
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
COMMON   := -g $(OPT) -fPIC -fvisibility=hidden $(WARN) $(SANFLAGS) -D_GNU_SOURCE -I. -I$(BUILD) \
            -DREGIMEN_VERSION='"$(VERSION)"' -MMD -MP
CFLAGS_ALL   := -std=c11 $(WARN_C) $(COMMON) $(CFLAGS)
CXXFLAGS_ALL := -std=c++17 $(COMMON) $(CXXFLAGS)
LDLIBS   := -l:libbidgcc000.a -lsimdjson -lgmp -lnettle -lstdc++ -lm

# Quiet unless V=1.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

RUNTIME_C  := $(wildcard runtime/*.c)
RUNTIME_CC := $(wildcard runtime/*.cc)
COMPILER_C := $(wildcard compiler/*.c)
CLI_C      := $(wildcard cli/*.c)
UNIT_C     := $(wildcard tests/unit/test_*.c)
ORACLE_C   := $(wildcard tests/oracle/*.c)
GEN_C      := $(if $(wildcard compiler/grammar.y),$(BUILD)/compiler/grammar.c $(BUILD)/compiler/lexer.c)

RUNTIME_O  := $(RUNTIME_C:%.c=$(BUILD)/%.o) $(RUNTIME_CC:%.cc=$(BUILD)/%.o)
COMPILER_O := $(COMPILER_C:%.c=$(BUILD)/%.o) $(GEN_C:.c=.o)
CLI_O      := $(CLI_C:%.c=$(BUILD)/%.o)
ORACLE_O   := $(ORACLE_C:%.c=$(BUILD)/%.o)
UNIT_BIN   := $(UNIT_C:tests/unit/%.c=$(BUILD)/tests/%)

RUNTIME_A  := $(BUILD)/libregimen.a
COMPILER_A := $(BUILD)/libregimen-compiler.a
RUNTIME_SO  := $(BUILD)/libregimen.so.$(VERSION)
COMPILER_SO := $(BUILD)/libregimen-compiler.so.$(VERSION)
PC         := $(BUILD)/regimen.pc $(BUILD)/regimen-compiler.pc

.PHONY: all help deps demo test check spec format metrics bench install clean libraries command
.DELETE_ON_ERROR:
.SECONDARY:

all: libraries command #> build the libraries and the command

libraries: $(RUNTIME_A) $(COMPILER_A) $(RUNTIME_SO) $(COMPILER_SO) $(PC)

# build/regimen is the one for use, whatever other variants stand beside it.
command: $(BUILD)/regimen
	@[ '$(VARIANT)' != release ] || ln -sfn release/regimen build/regimen

help: #> list the targets
	@sed -n 's/^\([a-z-]*\):.*#> \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | sort | expand -t 14

deps: #> install what the project needs (Debian)
	$(Q)tests/deps.sh

$(BUILD)/regimen: $(CLI_O) $(COMPILER_A) $(RUNTIME_A)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ $(LDLIBS)

$(RUNTIME_A): $(RUNTIME_O)
	$(call say,AR,$@)
	$(Q)mkdir -p $(@D) && rm -f $@ && $(AR) rcsD $@ $^

$(COMPILER_A): $(COMPILER_O)
	$(call say,AR,$@)
	$(Q)mkdir -p $(@D) && rm -f $@ && $(AR) rcsD $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags.stamp | $(if $(GEN_C),$(BUILD)/compiler/grammar.h)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS_ALL) -c -o $@ $<

$(BUILD)/%.o: %.cc $(BUILD)/flags.stamp
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D) && $(CXX) $(CXXFLAGS_ALL) -c -o $@ $<

$(BUILD)/compiler/grammar.o $(BUILD)/compiler/lexer.o: $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags.stamp
	$(call say,CC,$<)
	$(Q)$(CC) $(CFLAGS_ALL) -Wno-missing-prototypes -c -o $@ $<

$(BUILD)/compiler/grammar.c $(BUILD)/compiler/grammar.h: compiler/grammar.y
	$(call say,BISON,$<)
	$(Q)mkdir -p $(@D) && $(BISON) -Werror --header=$(BUILD)/compiler/grammar.h -o $(BUILD)/compiler/grammar.c $<

$(BUILD)/compiler/lexer.c: compiler/lexer.l $(BUILD)/compiler/grammar.h
	$(call say,FLEX,$<)
	$(Q)mkdir -p $(@D) && $(FLEX) -o $@ $<

# The calendar is the command's; its test takes that part of it, and libical to read it back.
$(BUILD)/tests/test_ics: $(BUILD)/cli/ics.o $(BUILD)/cli/ics_lines.o
$(BUILD)/tests/test_ics: LDLIBS_TEST := -lical

$(BUILD)/tests/%: tests/unit/%.c $(COMPILER_A) $(RUNTIME_A) $(BUILD)/flags.stamp
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS_ALL) -o $@ $< $(filter %.o,$^) $(COMPILER_A) $(RUNTIME_A) \
	    $(LDLIBS_TEST) $(LDLIBS) -lcmocka

# Rebuilds everything when the flags change.
$(BUILD)/flags.stamp: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC) $(CFLAGS_ALL) $(CXXFLAGS_ALL)' | cmp -s - $@ || echo '$(CC) $(CFLAGS_ALL) $(CXXFLAGS_ALL)' > $@
.PHONY: FORCE
FORCE:

# ---- Shared libraries, pkg-config, installation ---------------------------------------------------------

$(RUNTIME_SO): $(RUNTIME_O)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -shared -Wl,-soname,libregimen.so.$(SOVERSION) -Wl,--exclude-libs,ALL \
	    -o $@ $^ $(LDLIBS)
	$(Q)ln -sf $(@F) $(BUILD)/libregimen.so.$(SOVERSION) && ln -sf $(@F) $(BUILD)/libregimen.so

$(COMPILER_SO): $(COMPILER_O) $(RUNTIME_A)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -shared -Wl,-soname,libregimen-compiler.so.$(SOVERSION) -Wl,--exclude-libs,ALL \
	    -o $@ $^ $(LDLIBS)
	$(Q)ln -sf $(@F) $(BUILD)/libregimen-compiler.so.$(SOVERSION) && ln -sf $(@F) $(BUILD)/libregimen-compiler.so

$(BUILD)/%.pc: runtime/%.pc.in Makefile FORCE
	$(Q)mkdir -p $(@D) && sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' $< > $@

$(BUILD)/%.pc: compiler/%.pc.in Makefile FORCE
	$(Q)mkdir -p $(@D) && sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' $< > $@

INCLUDE := $(DESTDIR)$(PREFIX)/include/regimen
LIB     := $(DESTDIR)$(PREFIX)/lib
install: all #> install the command, the libraries, the headers and the rules (PREFIX, DESTDIR)
	install -d $(DESTDIR)$(PREFIX)/bin $(INCLUDE) $(LIB)/pkgconfig $(DESTDIR)$(PREFIX)/share/regimen/rules
	install -m 755 $(BUILD)/regimen $(DESTDIR)$(PREFIX)/bin/regimen
	install -m 644 runtime/regimen.h compiler/regimen_compiler.h $(INCLUDE)
	install -m 644 $(RUNTIME_A) $(COMPILER_A) $(LIB)
	install -m 755 $(RUNTIME_SO) $(COMPILER_SO) $(LIB)
	for l in regimen regimen-compiler; do \
	    ln -sf lib$$l.so.$(VERSION) $(LIB)/lib$$l.so.$(SOVERSION); \
	    ln -sf lib$$l.so.$(VERSION) $(LIB)/lib$$l.so; done
	install -m 644 $(PC) $(LIB)/pkgconfig
	cp -R rules/all $(DESTDIR)$(PREFIX)/share/regimen/rules

# ---- What people run ------------------------------------------------------------------------------------

DEMO_PATIENT ?= examples/patients/02_high_risk_teenager.json

demo: deps all #> set up, build, and evaluate an example patient against the ALL library
	$(Q)build/regimen eval rules/all $(DEMO_PATIENT) --site examples/site.rgm

test: deps #> set up and run every test, also under the address and undefined-behaviour sanitizers
	$(Q)tests/run

check: all #> check the rules of the library, and that the tables of SPEC.md are current
	$(Q)build/regimen check rules/all --deny warnings
	$(Q)build/regimen test rules/all
	$(Q)docs/tables --check SPEC.md

spec: #> bring the generated tables of SPEC.md up to date
	$(Q)docs/tables SPEC.md

format: #> lay out the C files as .clang-format says (needs clang-format 14)
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format -i

metrics: #> length of functions and files, comments
	$(Q)tests/metrics

bench: all $(BUILD)/tests/bench/run #> measure compiling, loading and evaluating
	$(Q)$(BUILD)/tests/bench/run rules/all examples/patients examples/site.rgm build/regimen

BENCH_O := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/bench/*.c))
$(BUILD)/tests/bench/run: $(BENCH_O) $(COMPILER_A) $(RUNTIME_A)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/oracle/run: $(ORACLE_O) $(COMPILER_A) $(RUNTIME_A)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ $(LDLIBS)

oracle: $(BUILD)/tests/oracle/run #> try generated programs against the oracle (PROGRAMS, SEED)
	$(Q)$< $(PROGRAMS) $(SEED)
.PHONY: oracle

units-test: $(UNIT_BIN) #> run the C unit tests
	$(Q)for t in $(UNIT_BIN); do $$t || exit 1; done
.PHONY: units-test unit-programs
unit-programs: $(UNIT_BIN) $(BUILD)/tests/oracle/run

clean: #> remove what was built
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
