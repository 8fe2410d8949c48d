# Everything that there is to do with cryoscope. `make demo` and `make test` need nothing but a Swift toolchain: what
# else is missing they install themselves (Debian and Ubuntu).

PREFIX ?= /usr/local
DESTDIR ?=
SECONDS ?= 60
TARGET ?=

BUILD_PACKAGES = libprotobuf-c-dev libarchive-dev libdw-dev libelf-dev liblz4-dev libpcre2-dev nettle-dev pkg-config \
    zlib1g-dev
TEST_PACKAGES = jq mandoc python3-venv zstd xz-utils bzip2 gdb gdb-multiarch elfutils binutils
PROTO_PACKAGES = protobuf-compiler protobuf-c-compiler libprotobuf-dev python3-protobuf
BENCH_PACKAGES = binutils hyperfine time python3 zstd

RELEASE = -c release --static-swift-stdlib
SANITIZED = -c release -Xswiftc -enable-testing --sanitize address --scratch-path .build-asan
BINARY = .build/release/cryoscope
MANUAL = .build/manual
FIXTURES = fixtures

.PHONY: all build demo test test-asan fuzz bench proto check-proto schema docs man lint format install uninstall clean

all: build

## Build the tool.
build:
	@Scripts/install-dependencies $(BUILD_PACKAGES)
	swift build $(RELEASE) --product cryoscope

## Show what was running inside bundled checkpoints.
demo: build
	@Scripts/demo $(BINARY) $(FIXTURES)

## Run all tests.
test:
	@Scripts/install-dependencies $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@Scripts/install-python
	swift build --build-tests
	Scripts/run-tests

## Run all tests with the address sanitizer, in an optimised build: that is what users run, and it takes a quarter of the
## time. Values of global constants count as leaks: Swift keeps some behind pointers with bits of its own.
test-asan:
	@Scripts/install-dependencies $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@Scripts/install-python
	swift build --build-tests $(SANITIZED)
	ASAN_OPTIONS=detect_leaks=0 Scripts/run-tests $(SANITIZED)

## Fuzz: SECONDS for each target, TARGET only one of them.
fuzz:
	@Scripts/install-dependencies $(BUILD_PACKAGES) bzip2 python3 xz-utils zstd
	@Scripts/fuzz $(SECONDS) $(TARGET)

## Measure, side by side with CRIU's crit where that is installed.
bench: build
	@Scripts/install-dependencies $(BENCH_PACKAGES)
	@Benchmarks/run $(BINARY)

## Make the C and Swift sources of proto/ anew.
proto:
	@Scripts/install-dependencies $(PROTO_PACKAGES)
	/usr/bin/python3 Scripts/schema/generate.py

## Fail if the committed sources are not what proto/ says.
check-proto:
	@Scripts/install-dependencies $(PROTO_PACKAGES)
	@Scripts/check-generated

## Write the JSON Schemas that ship with the sources anew.
schema: build
	$(BINARY) schema >Sources/CheckpointReport/Schema/checkpoint.schema.json
	$(BINARY) schema --format ndjson >Sources/CheckpointReport/Schema/record.schema.json

## Make the documentation of the library modules, in .build/docs; fail if anything in it is wrong or missing.
docs:
	@Scripts/install-dependencies $(BUILD_PACKAGES) python3
	swift build
	@Scripts/docs .build/docs

## Make the manual pages, in .build/manual.
man: build
	@Scripts/install-dependencies python3
	rm -rf $(MANUAL)
	Scripts/manual $(BINARY) $(MANUAL)

## Check the form of the sources.
lint:
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz

## Bring the sources into that form.
format:
	swift format --in-place --recursive Package.swift Sources Tests Fuzz

## Install the tool, its shell completions and its manual pages.
install: man
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/cryoscope
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(DESTDIR)$(PREFIX)/share/man/man1
	$(BINARY) --generate-completion-script bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/cryoscope
	$(BINARY) --generate-completion-script zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_cryoscope
	$(BINARY) --generate-completion-script fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/cryoscope.fish
	install -m 644 $(MANUAL)/*.1 $(DESTDIR)$(PREFIX)/share/man/man1

## Remove what install put there.
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/cryoscope $(DESTDIR)$(PREFIX)/share/bash-completion/completions/cryoscope \
	    $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_cryoscope \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/cryoscope.fish \
	    $(DESTDIR)$(PREFIX)/share/man/man1/cryoscope*.1

clean:
	swift package clean
