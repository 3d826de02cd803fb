# The compiler is a plain archive, never installed: its objects need no libtool.  Files of two kinds may have one base
# name, so members are appended (the rule removes the old archive first), not replaced.
noinst_LIBRARIES += libcompiler.a
libcompiler_a_AR = $(AR) cq
compiler_libs = libcompiler.a libruntime.la $(PG_QUERY_LIBS)
libcompiler_a_SOURCES = \
  %D%/codes.def %D%/remedies.def %D%/diag.c %D%/diag.h \
  %D%/excerpt.c %D%/excerpt.h \
  %D%/show.c %D%/show.h %D%/show_machine.c \
  %D%/sorted.c %D%/sorted.h
