# Golden cases are found by the runner; unit tests are one program a module.
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/c_text_test
tests_unit_c_text_test_SOURCES = %D%/unit/c_text_test.c
tests_unit_c_text_test_LDADD = libcompiler.la libruntime.la $(CMOCKA_LIBS)
TESTS += tests/unit/c_text_test
check_PROGRAMS += tests/unit/codec_test
tests_unit_codec_test_SOURCES = %D%/unit/codec_test.c
tests_unit_codec_test_LDADD = libruntime.la $(CMOCKA_LIBS)
TESTS += tests/unit/codec_test
check_PROGRAMS += tests/unit/history_test
tests_unit_history_test_SOURCES = %D%/unit/history_test.c
tests_unit_history_test_LDADD = libcompiler.la libruntime.la $(CMOCKA_LIBS)
TESTS += tests/unit/history_test
check_PROGRAMS += tests/unit/sql_scan_test
tests_unit_sql_scan_test_SOURCES = %D%/unit/sql_scan_test.c
tests_unit_sql_scan_test_LDADD = libcompiler.la libruntime.la $(CMOCKA_LIBS)
TESTS += tests/unit/sql_scan_test
check_PROGRAMS += tests/unit/tables_test
tests_unit_tables_test_SOURCES = %D%/unit/tables_test.c %D%/unit/tables_broken.def
tests_unit_tables_test_LDADD = libcompiler.la libruntime.la $(CMOCKA_LIBS)
TESTS += tests/unit/tables_test
check_PROGRAMS += tests/unit/value_test
tests_unit_value_test_SOURCES = %D%/unit/value_test.c
tests_unit_value_test_LDADD = libruntime.la $(CMOCKA_LIBS)
TESTS += tests/unit/value_test
endif
include $(srcdir)/%D%/unit/local.mk
include $(srcdir)/%D%/fuzz/local.mk
TESTS += %D%/run-golden.sh
EXTRA_DIST += %D%/golden %D%/run-golden.sh

# make golden-update CASE=fmt/columns (or CASE=fmt, or nothing for all) writes what lexo prints now as expectations.
.PHONY: golden-update
golden-update: lexo$(EXEEXT)
	srcdir='$(srcdir)' LEXO='$(abs_builddir)/lexo' GOLDEN_UPDATE=1 $(SHELL) $(srcdir)/%D%/run-golden.sh $(CASE)

EXTRA_DIST += %D%/unit/tables

# Everything that needs a PostgreSQL: one private server for the run.
check_PROGRAMS += tests/live/engine_driver
tests_live_engine_driver_SOURCES = %D%/live/engine_driver.c
tests_live_engine_driver_LDADD = libruntime.la
TESTS += %D%/run-live.sh
EXTRA_DIST += %D%/live %D%/run-live.sh %D%/server.sh

# The installed lexo, as others see it.
EXTRA_DIST += %D%/install
installcheck-local:
	CC='$(CC)' $(SHELL) $(srcdir)/%D%/install/check.sh '$(bindir)' '$(libdir)' '$(datadir)' '$(PACKAGE_VERSION)'

# Fuzz targets of the history: `make fuzz` builds and runs them with clang.
EXTRA_DIST += %D%/fuzz/corpus
if FUZZING
noinst_PROGRAMS += tests/fuzz/fuzz_revision tests/fuzz/fuzz_sql tests/fuzz/fuzz_sum
endif
tests_fuzz_fuzz_revision_SOURCES = %D%/fuzz/fuzz_revision.c
tests_fuzz_fuzz_revision_LDADD = libruntime.la
tests_fuzz_fuzz_revision_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_sql_SOURCES = %D%/fuzz/fuzz_sql.c
tests_fuzz_fuzz_sql_LDADD = libruntime.la
tests_fuzz_fuzz_sql_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_sum_SOURCES = %D%/fuzz/fuzz_sum.c
tests_fuzz_fuzz_sum_LDADD = libruntime.la
tests_fuzz_fuzz_sum_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
# Generated C: compiled strictly here, run in tests/live/bindings.sh.
TESTS += %D%/bindings/compile.sh
EXTRA_DIST += %D%/bindings
