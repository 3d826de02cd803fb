# One program a module.  A new one: a line in unit_programs, its _SOURCES and its _LDADD.
unit_programs =
unit_programs += %D%/bad_input_test
unit_programs += %D%/base_test
unit_programs += %D%/format_test
unit_programs += %D%/io_test
unit_programs += %D%/parse_test
unit_programs += %D%/show_test
unit_compiler = libcompiler.la $(CMOCKA_LIBS)

tests_unit_bad_input_test_SOURCES = %D%/bad_input_test.c %D%/text.c %D%/text.h %D%/tree.c %D%/tree.h
tests_unit_bad_input_test_CPPFLAGS = $(AM_CPPFLAGS) -DTOP='"$(abs_top_srcdir)"'
tests_unit_bad_input_test_LDADD = $(unit_compiler)
tests_unit_base_test_SOURCES = %D%/base_test.c
tests_unit_base_test_LDADD = $(unit_compiler)
tests_unit_format_test_SOURCES = %D%/format_test.c %D%/text.c %D%/text.h %D%/tree.c %D%/tree.h
tests_unit_format_test_CPPFLAGS = $(AM_CPPFLAGS) -DTOP='"$(abs_top_srcdir)"'
tests_unit_format_test_LDADD = $(unit_compiler)
tests_unit_io_test_SOURCES = %D%/io_test.c
tests_unit_io_test_LDADD = $(unit_compiler)
tests_unit_parse_test_SOURCES = %D%/parse_test.c %D%/text.c %D%/text.h %D%/tree.c %D%/tree.h
tests_unit_parse_test_LDADD = $(unit_compiler)
tests_unit_show_test_SOURCES = %D%/show_test.c %D%/text.c %D%/text.h
tests_unit_show_test_LDADD = $(unit_compiler)

if HAVE_CMOCKA
check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)
else
EXTRA_PROGRAMS += $(unit_programs)
endif
