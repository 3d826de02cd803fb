libcompiler_a_SOURCES += %D%/catalog.h %D%/everything.c %D%/introspect.c %D%/introspect.h %D%/names.c %D%/objects.c
libcompiler_a_SOURCES += %D%/private.h %D%/query.c %D%/row.c %D%/types.c
