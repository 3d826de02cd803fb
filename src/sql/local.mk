libcompiler_la_SOURCES += %D%/casts.c %D%/casts.h
libcompiler_la_SOURCES += %D%/emit.c %D%/emit.h
libcompiler_la_SOURCES += %D%/keywords.def
libcompiler_la_SOURCES += %D%/options.c
libcompiler_la_SOURCES += %D%/parts.c %D%/parts.h
libcompiler_la_SOURCES += %D%/quote.c
libcompiler_la_SOURCES += %D%/settings.c
