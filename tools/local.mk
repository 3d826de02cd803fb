# What a developer types besides all, check and install.  Each is a script or a few lines; .ci/run calls the same ones.
EXTRA_DIST += bootstrap LICENSE README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md migrations models \
  .clang-format .clang-tidy .editorconfig \
  %D%/check-dist %D%/check-globals %D%/check-includes %D%/check-names %D%/check-strings %D%/check-tree \
  %D%/demo.sh %D%/errors.sh %D%/fuzz.sh %D%/layers.txt %D%/lint.sh %D%/manpage.sh %D%/pg-versions.sh

# C from the models, and proof that the migrations lead to the same models; offline.
.PHONY: schema
schema: lexo$(EXEEXT)
	cd $(srcdir) && $(abs_builddir)/lexo compile --pages docs/models
	cd $(srcdir) && $(abs_builddir)/lexo check
	cd $(srcdir) && $(abs_builddir)/lexo verify

.PHONY: lint
lint: all
	$(AM_V_at)CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' $(SHELL) $(srcdir)/%D%/lint.sh $(abs_builddir)

# The whole suite in a build of its own, under the address and undefined-behaviour sanitizers.
.PHONY: asan
asan:
	$(MKDIR_P) asan
	cd asan && { test -e Makefile || $(abs_srcdir)/configure --enable-sanitizers CFLAGS='-O1 -g'; }
	cd asan && $(MAKE) all && $(MAKE) check

# libFuzzer on everything that reads what a stranger may have written.  FUZZ_SECONDS: for each target.
.PHONY: fuzz
fuzz:
	$(MKDIR_P) fuzz
	cd fuzz && { test -e Makefile || \
	  $(abs_srcdir)/configure --enable-fuzzing --enable-sanitizers CC=clang CFLAGS='-O1 -g'; }
	cd fuzz && $(MAKE) all
	cd fuzz && FUZZ_SECONDS='$(FUZZ_SECONDS)' $(SHELL) $(abs_srcdir)/%D%/fuzz.sh

# The live tests on every major version of PostgreSQL that lexo knows; PG_VERSIONS: only some.  PG_FOLDER keeps what was
# fetched.
PG_FOLDER = $(abs_builddir)/postgresql
PG_VERSIONS = 13 14 16 17 18
.PHONY: check-versions
check-versions: all
	$(MAKE) check TESTS=
	$(SHELL) $(srcdir)/%D%/pg-versions.sh '$(PG_FOLDER)' $(PG_VERSIONS)
	failed=; for major in $(PG_VERSIONS); do \
	  echo "PostgreSQL $$major"; \
	  PG_BINDIR='$(PG_FOLDER)'/$$major/bin LEXO_PG_BINDIR='$(PG_FOLDER)'/$$major/bin LEXO='$(abs_builddir)/lexo' \
	    $(SHELL) $(srcdir)/tests/run-live.sh $(LIVE) >versions-$$major.tap || failed="$$failed $$major"; \
	  awk '/^not ok/ { print "  " $$0; bad++ } /^ok/ { good++ } END { printf "%d passed, %d failed\n", good, bad }' \
	    versions-$$major.tap; \
	done; test -z "$$failed" || { echo "failed on:$$failed"; exit 1; }

# The live test of random edits at length: EDITS of them in each database, from SEED on, and in those that SQL, files or
# folders of .sql files, makes.
EDITS = 50
SEED = 1
SQL =
.PHONY: check-edits
check-edits: all
	LEXO='$(abs_builddir)/lexo' LEXO_TEST_EDITS='$(EDITS)' LEXO_TEST_SEED='$(SEED)' LEXO_TEST_EVERY=1 LEXO_TEST_SQL='$(SQL)' \
	  $(SHELL) $(srcdir)/tests/run-live.sh edits

# A folder in EXTRA_DIST is taken from the build, too, where logs of its tests may stand.
dist-hook:
	rm -f $(distdir)/tests/*/*.log $(distdir)/tests/*/*.trs
	$(SHELL) $(srcdir)/%D%/check-dist $(distdir)

# What is written from the program's own tables.
dist_man1_MANS = docs/lexo.1
EXTRA_DIST += docs/alembic.md docs/bindings.md docs/databases.md docs/errors.md docs/language.md docs/migrations.md \
  docs/reliability.md docs/models
# What is in the output of --output json.
jsonschemadir = $(pkgdatadir)/schema
dist_jsonschema_DATA = \
  docs/schema/branches.json docs/schema/check.json docs/schema/common.json docs/schema/compile.json \
  docs/schema/current.json docs/schema/dev.json docs/schema/diff.json docs/schema/downgrade.json \
  docs/schema/edit.json docs/schema/ensure_version.json docs/schema/event.json docs/schema/explain.json \
  docs/schema/fmt.json docs/schema/hash.json docs/schema/heads.json docs/schema/help.json \
  docs/schema/history.json docs/schema/import.json docs/schema/init.json docs/schema/keygen.json \
  docs/schema/list_templates.json docs/schema/merge-driver.json docs/schema/merge.json docs/schema/prune.json \
  docs/schema/pull.json docs/schema/rebase.json docs/schema/repair.json docs/schema/revision.json docs/schema/seed.json \
  docs/schema/show.json docs/schema/sign.json docs/schema/snapshot.json docs/schema/squash.json \
  docs/schema/stamp.json docs/schema/status.json docs/schema/test.json docs/schema/unlock.json docs/schema/upgrade.json \
  docs/schema/verify.json
.PHONY: docs
docs: lexo$(EXEEXT)
	$(AM_V_GEN)$(SHELL) $(srcdir)/%D%/errors.sh $(abs_builddir)/lexo >docs.tmp && mv docs.tmp $(srcdir)/docs/errors.md
	$(AM_V_GEN)$(SHELL) $(srcdir)/%D%/manpage.sh $(abs_builddir)/lexo $(PACKAGE_VERSION) >docs.tmp && \
	  mv docs.tmp $(srcdir)/docs/lexo.1
