noinst_LTLIBRARIES += libcompiler.la
libcompiler_la_LIBADD = $(PG_QUERY_LIBS)
libcompiler_la_SOURCES = \
  %D%/codes.def %D%/diag.c %D%/diag.h \
  %D%/excerpt.c %D%/excerpt.h \
  %D%/show.c %D%/show.h %D%/show_machine.c \
  %D%/sorted.c %D%/sorted.h
