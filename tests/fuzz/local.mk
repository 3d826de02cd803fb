# Fuzz targets are built with --enable-fuzzing and run by make fuzz.  One more target: a line in fuzz_programs, and its
# _SOURCES, _LDADD and _LDFLAGS like those of the others; its corpus is corpus/<name without fuzz_>.
EXTRA_DIST += %D%/corpus
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz_programs = %D%/fuzz_config %D%/fuzz_decode %D%/fuzz_model %D%/fuzz_revision %D%/fuzz_signature %D%/fuzz_sql %D%/fuzz_sum %D%/fuzz_url
if FUZZING
noinst_PROGRAMS += $(fuzz_programs)
else
EXTRA_PROGRAMS += $(fuzz_programs)
endif
tests_fuzz_fuzz_config_SOURCES = %D%/fuzz_config.c src/cli/config.c src/cli/config_time.c
tests_fuzz_fuzz_config_LDADD = $(compiler_libs) $(INIH_LIBS)
tests_fuzz_fuzz_config_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_decode_SOURCES = %D%/fuzz_decode.c
tests_fuzz_fuzz_decode_LDADD = libruntime.la $(LIBPQ_LIBS)
tests_fuzz_fuzz_decode_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_model_SOURCES = %D%/fuzz_model.c tests/unit/tree.c tests/unit/tree.h
tests_fuzz_fuzz_model_LDADD = $(compiler_libs)
tests_fuzz_fuzz_model_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_revision_SOURCES = %D%/fuzz_revision.c
tests_fuzz_fuzz_revision_LDADD = libruntime.la
tests_fuzz_fuzz_revision_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_signature_SOURCES = %D%/fuzz_signature.c
tests_fuzz_fuzz_signature_LDADD = libruntime.la
tests_fuzz_fuzz_signature_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_sql_SOURCES = %D%/fuzz_sql.c
tests_fuzz_fuzz_sql_LDADD = libruntime.la
tests_fuzz_fuzz_sql_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_sum_SOURCES = %D%/fuzz_sum.c
tests_fuzz_fuzz_sum_LDADD = libruntime.la
tests_fuzz_fuzz_sum_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_url_SOURCES = %D%/fuzz_url.c src/cli/secret.c
tests_fuzz_fuzz_url_LDADD = libruntime.la
tests_fuzz_fuzz_url_LDFLAGS = $(fuzz_ldflags)
