# Fuzz targets are built with --enable-fuzzing and run by make fuzz.  One more target: a line in fuzz_programs, and its
# _SOURCES, _LDADD and _LDFLAGS like those of fuzz_model; its corpus is corpus/<name without fuzz_>.
EXTRA_DIST += %D%/corpus
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz_programs =
fuzz_programs += %D%/fuzz_model
if FUZZING
noinst_PROGRAMS += $(fuzz_programs)
else
EXTRA_PROGRAMS += $(fuzz_programs)
endif
tests_fuzz_fuzz_model_SOURCES = %D%/fuzz_model.c tests/unit/tree.c tests/unit/tree.h
tests_fuzz_fuzz_model_LDADD = libcompiler.la
tests_fuzz_fuzz_model_LDFLAGS = $(fuzz_ldflags)
