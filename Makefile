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
LDLIBS   := -l:libbidgcc000.a -lsimdjson -lgmp -lsodium -lstdc++ -lm

# Quiet unless V=1.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

RUNTIME_C  := $(wildcard runtime/*.c)
RUNTIME_CC := $(wildcard runtime/*.cc)
COMPILER_C := $(wildcard compiler/*.c)
CLI_C      := $(wildcard cli/*.c)
UNIT_C     := $(wildcard tests/unit/test_*.c)
GEN_C      := $(if $(wildcard compiler/grammar.y),$(BUILD)/compiler/grammar.c $(BUILD)/compiler/lexer.c)

RUNTIME_O  := $(RUNTIME_C:%.c=$(BUILD)/%.o) $(RUNTIME_CC:%.cc=$(BUILD)/%.o)
COMPILER_O := $(COMPILER_C:%.c=$(BUILD)/%.o) $(GEN_C:.c=.o)
CLI_O      := $(CLI_C:%.c=$(BUILD)/%.o)
UNIT_BIN   := $(UNIT_C:tests/unit/%.c=$(BUILD)/tests/%)

RUNTIME_A  := $(BUILD)/libregimen.a
COMPILER_A := $(BUILD)/libregimen-compiler.a

.PHONY: all help deps test check clean
.DELETE_ON_ERROR:
.SECONDARY:

all: $(RUNTIME_A) $(COMPILER_A) $(if $(CLI_C),build/regimen) #> build the libraries and the command

help: #> list the targets
	@sed -n 's/^\([a-z-]*\):.*#> \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | sort | expand -t 14

deps: #> install what the project needs (Debian)
	$(Q)tests/deps.sh

build/regimen: $(BUILD)/regimen
	$(Q)mkdir -p build && ln -sf $(VARIANT)/regimen $@

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

$(BUILD)/tests/%: tests/unit/%.c $(COMPILER_A) $(RUNTIME_A) $(BUILD)/flags.stamp
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS_ALL) -o $@ $< $(COMPILER_A) $(RUNTIME_A) $(LDLIBS) -lcmocka

# Rebuilds everything when the flags change.
$(BUILD)/flags.stamp: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC) $(CFLAGS_ALL) $(CXXFLAGS_ALL)' | cmp -s - $@ || echo '$(CC) $(CFLAGS_ALL) $(CXXFLAGS_ALL)' > $@
.PHONY: FORCE
FORCE:

units-test: $(UNIT_BIN) #> run the C unit tests
	$(Q)for t in $(UNIT_BIN); do $$t || exit 1; done
.PHONY: units-test

clean: #> remove what was built
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
