# One program a module.  A new one: a line in unit_programs, its _SOURCES and its _LDADD.
unit_programs =
unit_programs += %D%/bad_input_test
unit_programs += %D%/base_test
unit_programs += %D%/c_text_test
unit_programs += %D%/codec_test
unit_programs += %D%/compile_test
unit_programs += %D%/composite_test
unit_programs += %D%/format_test
unit_programs += %D%/history_depth_test
unit_programs += %D%/history_test
unit_programs += %D%/io_test
unit_programs += %D%/numeric_test
unit_programs += %D%/parse_test
unit_programs += %D%/path_test
unit_programs += %D%/plan_test
unit_programs += %D%/range_test
unit_programs += %D%/revision_test
unit_programs += %D%/row_test
unit_programs += %D%/show_test
unit_programs += %D%/signature_test
unit_programs += %D%/sql_scan_test
unit_programs += %D%/tables_test
unit_programs += %D%/value_test
unit_programs += %D%/wide_test
unit_compiler = $(compiler_libs) $(CMOCKA_LIBS)
unit_runtime = libruntime.la $(CMOCKA_LIBS)
EXTRA_DIST += %D%/data %D%/tables

tests_unit_bad_input_test_SOURCES = %D%/bad_input_test.c %D%/text.c %D%/text.h %D%/tree.c %D%/tree.h
tests_unit_bad_input_test_CPPFLAGS = $(AM_CPPFLAGS) -DTOP='"$(abs_top_srcdir)"'
tests_unit_bad_input_test_LDADD = $(unit_compiler)
tests_unit_base_test_SOURCES = %D%/base_test.c
tests_unit_base_test_LDADD = $(unit_compiler)
tests_unit_c_text_test_SOURCES = %D%/c_text_test.c
tests_unit_c_text_test_LDADD = $(unit_compiler)
tests_unit_codec_test_SOURCES = %D%/codec_test.c %D%/wire_fixture.c %D%/wire_fixture.h
tests_unit_codec_test_LDADD = $(unit_runtime)
tests_unit_compile_test_SOURCES = %D%/compile_test.c
tests_unit_compile_test_LDADD = $(unit_compiler)
tests_unit_composite_test_SOURCES = %D%/composite_test.c %D%/wire_fixture.c %D%/wire_fixture.h
tests_unit_composite_test_LDADD = $(unit_runtime)
tests_unit_format_test_SOURCES = %D%/format_test.c %D%/text.c %D%/text.h %D%/tree.c %D%/tree.h
tests_unit_format_test_CPPFLAGS = $(AM_CPPFLAGS) -DTOP='"$(abs_top_srcdir)"'
tests_unit_format_test_LDADD = $(unit_compiler)
tests_unit_history_depth_test_SOURCES = %D%/history_depth_test.c
tests_unit_history_depth_test_LDADD = $(unit_compiler)
tests_unit_history_test_SOURCES = %D%/history_test.c %D%/chain.c %D%/chain.h
tests_unit_history_test_LDADD = $(unit_compiler)
tests_unit_io_test_SOURCES = %D%/io_test.c
tests_unit_io_test_LDADD = $(unit_compiler)
tests_unit_numeric_test_SOURCES = %D%/numeric_test.c
tests_unit_numeric_test_LDADD = $(unit_runtime)
tests_unit_parse_test_SOURCES = %D%/parse_test.c %D%/text.c %D%/text.h %D%/tree.c %D%/tree.h
tests_unit_parse_test_LDADD = $(unit_compiler)
tests_unit_path_test_SOURCES = %D%/path_test.c %D%/chain.c %D%/chain.h
tests_unit_path_test_LDADD = $(unit_compiler)
tests_unit_plan_test_SOURCES = %D%/plan_test.c
tests_unit_plan_test_LDADD = $(unit_compiler)
tests_unit_range_test_SOURCES = %D%/range_test.c %D%/wire_fixture.c %D%/wire_fixture.h
tests_unit_range_test_LDADD = $(unit_runtime)
tests_unit_revision_test_SOURCES = %D%/revision_test.c
tests_unit_revision_test_LDADD = $(unit_runtime)
tests_unit_row_test_SOURCES = %D%/row_test.c
tests_unit_row_test_LDADD = $(unit_runtime)
tests_unit_show_test_SOURCES = %D%/show_test.c %D%/text.c %D%/text.h
tests_unit_show_test_LDADD = $(unit_compiler)
tests_unit_signature_test_SOURCES = %D%/signature_test.c
tests_unit_signature_test_LDADD = $(unit_runtime)
tests_unit_sql_scan_test_SOURCES = %D%/sql_scan_test.c
tests_unit_sql_scan_test_LDADD = $(unit_compiler)
tests_unit_tables_test_SOURCES = %D%/tables_test.c %D%/tables_broken.def
tests_unit_tables_test_LDADD = $(unit_compiler)
tests_unit_value_test_SOURCES = %D%/value_test.c
tests_unit_value_test_LDADD = $(unit_runtime)
tests_unit_wide_test_SOURCES = %D%/wide_test.c
tests_unit_wide_test_LDADD = $(unit_runtime)

if HAVE_CMOCKA
check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)
else
EXTRA_PROGRAMS += $(unit_programs)
endif
