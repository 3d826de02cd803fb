# make bench: nothing of this is built or run otherwise.
EXTRA_PROGRAMS += %D%/compile_ir %D%/measure %D%/minimal
bench_programs = %D%/compile_ir$(EXEEXT) %D%/measure$(EXEEXT) %D%/minimal$(EXEEXT)
CLEANFILES += $(bench_programs)
%C%_compile_ir_SOURCES = %D%/compile_ir.c
%C%_compile_ir_LDADD = $(compiler_libs)
%C%_measure_SOURCES = %D%/measure.c
%C%_minimal_SOURCES = %D%/minimal.c
%C%_minimal_LDADD = $(LIBPQ_LIBS)
# compiled by bindings.sh, as a user would
EXTRA_DIST += %D%/bindings.c %D%/bindings.sh %D%/headers.sh %D%/by_hand.c %D%/by_hand.h
EXTRA_DIST += %D%/by_hand_insert.c %D%/by_hand_private.h %D%/documents.lexo
EXTRA_DIST += %D%/generate.awk %D%/run.sh
.PHONY: bench
bench: all $(bench_programs)
	$(SHELL) $(srcdir)/%D%/run.sh $(abs_builddir)
