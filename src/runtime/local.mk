lib_LTLIBRARIES += liblexo.la
lexoinclude_HEADERS += include/lexo/lexo.h
libruntime_la_SOURCES += %D%/version.c
liblexo_la_SOURCES =
liblexo_la_LIBADD = libruntime.la
liblexo_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined -export-symbols-regex '^lexo_'
