# Generated C is not in git but in the tarball.  A re2c source belongs to the library that lists it.
SUFFIXES = .re
.re.c:
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(RE2C) --no-generation-date -W -i -o $@.tmp $< && mv $@.tmp $@
libruntime_la_SOURCES += %D%/sql_lexer.re
EXTRA_DIST += %D%/sql_lexer.c
MAINTAINERCLEANFILES += %D%/sql_lexer.c
