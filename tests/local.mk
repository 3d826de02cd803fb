# Golden cases are found by the runner; unit tests are one program a module; fuzz targets are built with clang.
include $(srcdir)/%D%/unit/local.mk
include $(srcdir)/%D%/fuzz/local.mk
TESTS += %D%/run-golden.sh
EXTRA_DIST += %D%/golden %D%/run-golden.sh

# What golden cases expect, written anew: all, or CASE=stage/case.
.PHONY: golden-update
golden-update: lexo$(EXEEXT)
	GOLDEN_UPDATE=1 LEXO='$(abs_builddir)/lexo' srcdir='$(srcdir)' $(SHELL) $(srcdir)/%D%/run-golden.sh $(CASE)

# Everything that needs a PostgreSQL: one private server for the run.
check_PROGRAMS += tests/tools/engine_driver
tests_tools_engine_driver_SOURCES = %D%/tools/engine_driver.c
tests_tools_engine_driver_LDADD = $(compiler_libs)
check_PROGRAMS += tests/tools/liar
tests_tools_liar_SOURCES = %D%/tools/liar.c %D%/tools/relay.c %D%/tools/relay.h
check_PROGRAMS += tests/tools/plan_tool
tests_tools_plan_tool_SOURCES = %D%/tools/plan_tool.c
tests_tools_plan_tool_LDADD = $(compiler_libs)
check_PROGRAMS += tests/tools/dag_tool
tests_tools_dag_tool_SOURCES = %D%/tools/dag_tool.c
tests_tools_dag_tool_LDADD = libruntime.la
check_PROGRAMS += tests/tools/tamper
tests_tools_tamper_SOURCES = %D%/tools/tamper.c
tests_tools_tamper_LDADD = libruntime.la
check_PROGRAMS += tests/tools/wire
tests_tools_wire_SOURCES = %D%/tools/wire.c %D%/tools/relay.c %D%/tools/relay.h
# Preloaded into programs as they are shipped, so it is not built with what they are built with.
check_LTLIBRARIES = tests/tools/fault.la
tests_tools_fault_la_SOURCES = %D%/tools/fault.c
tests_tools_fault_la_CFLAGS = $(LEXO_CFLAGS_WARN)
tests_tools_fault_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
TESTS += %D%/run-live.sh
EXTRA_DIST += %D%/live %D%/queries %D%/schema.jq %D%/run-live.sh %D%/server.sh %D%/lsan.supp %D%/valgrind.supp

# The same tests of the engine, at length: every point, ten thousand kills.
torture: $(check_PROGRAMS) $(check_LTLIBRARIES)
	$(AM_TESTS_ENVIRONMENT) LEXO_LIVE=torture $(SHELL) $(srcdir)/%D%/run-live.sh $(TORTURE)
TORTURE = crash wires fleet memory workers liar
.PHONY: torture

# The installed lexo, as others see it.
EXTRA_DIST += %D%/install
installcheck-local:
	CC='$(CC)' $(SHELL) $(srcdir)/%D%/install/check.sh '$(bindir)' '$(libdir)' '$(datadir)' '$(PACKAGE_VERSION)'

# Generated C: compiled strictly here, run in tests/live/bindings.sh.
TESTS += %D%/bindings/compile.sh
EXTRA_DIST += %D%/bindings

# What the documents say.
TESTS += %D%/docs.sh
EXTRA_DIST += %D%/docs.sh

# Histories, against Alembic itself where it is installed (Debian: apt-get install alembic).
TESTS += %D%/alembic/compare.sh
EXTRA_DIST += %D%/alembic
check-alembic: tests/tools/dag_tool
	LEXO_DAGS=3000 LEXO_TEST_BUILDDIR=$(abs_builddir) $(SHELL) $(srcdir)/%D%/alembic/compare.sh
.PHONY: check-alembic
