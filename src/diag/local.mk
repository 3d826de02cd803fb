noinst_LTLIBRARIES += libcompiler.la
libcompiler_la_LIBADD = libruntime.la $(PG_QUERY_LIBS)
libcompiler_la_SOURCES = %D%/codes.def %D%/diag.c %D%/diag.h %D%/show.h
