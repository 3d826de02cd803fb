# Generated C is not in git but in the tarball.  A re2c source belongs to the library that lists it.
SUFFIXES = .re
.re.c:
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(RE2C) --no-generation-date -W -i -o $@.tmp $< && mv $@.tmp $@
libruntime_la_SOURCES += %D%/sql_lexer.re
EXTRA_DIST += %D%/sql_lexer.c
MAINTAINERCLEANFILES += %D%/sql_lexer.c
libcompiler_a_SOURCES += %D%/model_lexer.h %D%/model_lexer.re %D%/model_parser.y
BUILT_SOURCES += %D%/model_parser.h
EXTRA_DIST += %D%/grammar.md %D%/model_lexer.c
MAINTAINERCLEANFILES += %D%/model_lexer.c
# BUILT_SOURCES alone does not help a build of one object.
grammar/model_lexer.$(OBJEXT) src/syntax/layout.$(OBJEXT) src/syntax/parse.$(OBJEXT): grammar/model_parser.h
