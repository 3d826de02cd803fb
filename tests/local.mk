# Golden cases are found by the runner; unit tests are one program a module.
if HAVE_CMOCKA
endif

# Everything that needs a PostgreSQL: one private server for the run.
TESTS += %D%/run-live.sh
EXTRA_DIST += %D%/live %D%/run-live.sh %D%/server.sh

# The installed lexo, as others see it.
EXTRA_DIST += %D%/install
installcheck-local:
	CC='$(CC)' $(SHELL) $(srcdir)/%D%/install/check.sh '$(bindir)' '$(libdir)' '$(datadir)' '$(PACKAGE_VERSION)'
