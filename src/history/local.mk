libruntime_la_SOURCES += %D%/codes.c %D%/codes.def %D%/codes.h
libruntime_la_SOURCES += %D%/sql_scan.h
