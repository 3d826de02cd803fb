libruntime_la_SOURCES += %D%/checksum.c %D%/checksum.h
libruntime_la_SOURCES += %D%/codes.c %D%/codes.def %D%/codes.h
libruntime_la_SOURCES += %D%/folder.c %D%/history.c %D%/history.h
libruntime_la_SOURCES += %D%/identify.c %D%/identify.h
libruntime_la_SOURCES += %D%/revision.c %D%/revision.h %D%/revision_print.c
libruntime_la_SOURCES += %D%/sql_scan.h
libruntime_la_SOURCES += %D%/statements.c %D%/statements.h
libruntime_la_SOURCES += %D%/sum.c %D%/sum.h
