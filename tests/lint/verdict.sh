#!/bin/sh
# What scripts/check says last, on a tree whose build does as it is told: the
# count of what passed and failed comes whatever broke.
. "$srcdir/tests/support/tap.sh"
tap_folder

mkdir -p tree/scripts tree/build
cp "$srcdir/scripts/check" tree/scripts/check || exit 99
cd tree || exit 99
printf '#!/bin/sh\nexit ${DEPS:-0}\n' >scripts/deps
printf '#!/bin/sh\nexit ${BOOT:-0}\n' >bootstrap
# A configure that makes a Makefile: one test passes, the other does as $TEST
# says; each runs under the limit that scripts/check gives.
cat >configure <<'END'
#!/bin/sh
[ -z "$CONF" ] || { echo "linear.h is missing"; exit 1; }
cat >Makefile <<'MAKE'
all:
	$(if $(BUILD),@echo '../src/x.c:7: error: no'; exit 1)
check:
	@printf 'exec sleep 20\n' >hang.sh; echo 'exit 1' >fail.sh; \
	echo 'exit 0' >pass.sh; \
	echo 'PASS: one.sh 1 - it counts'; \
	$(LOG_COMPILER) true && $(SH_LOG_COMPILER) ./$(TEST).sh; status=$$?; \
	if [ $$status -ne 0 ]; then \
	    echo "ERROR: two.sh - exited with status $$status"; \
	    printf '# TOTAL: 2\n# PASS:  1\n# SKIP:  0\n# ERROR: 1\n'; exit 2; \
	fi; \
	printf '# TOTAL: 3\n# PASS:  2\n# SKIP:  1\n# ERROR: 0\n'
MAKE
END
chmod +x scripts/deps bootstrap configure

# verdict LAST STATUS [NAME=VALUE...] - what is said last, and the exit status.
verdict() {
    want=$1
    expected=$2
    shift 2
    run env MIEN_BUILD=build/x "$@" scripts/check
    [ "$(tail -n 1 "$out")" = "$want" ] && [ "$status" -eq "$expected" ] ||
        { cat "$out" && return 1; }
}

mv configure configure.later
check "packages that are missing are a failure" \
    verdict '0 passed, 1 failed' 1 DEPS=3
check "so is a bootstrap that fails" verdict '0 passed, 1 failed' 1 BOOT=1
mv configure.later configure
check "so is a configure that fails" verdict '0 passed, 1 failed' 1 CONF=1
check "... and what it said is shown" says "$out" "linear.h is missing"
check "so is a build that fails" verdict '0 passed, 1 failed' 1 BUILD=1
check "... and what the compiler said is shown" says "$out" "x.c:7: error"
check "what passed and was skipped is counted" \
    verdict '2 passed, 0 failed, 1 skipped' 0 TEST=pass
check "so is what failed" verdict '1 passed, 1 failed' 1 TEST=fail
check "a test that hangs is ended and has failed" \
    verdict '1 passed, 1 failed' 1 TEST=hang MIEN_TEST_SECONDS=1
check "... and named" says "$out" "ERROR: two.sh"
check "... with the limit" says "$out" "ended after 1 s"
check "tests that never come to an end are ended, what passed is counted" \
    verdict '1 passed, 1 failed' 1 TEST=hang MIEN_CHECK_SECONDS=2
check "... and it is said" says "$out" "All tests together were ended after 2 s"
tap_done
