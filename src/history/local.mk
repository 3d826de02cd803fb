libruntime_la_SOURCES += %D%/sql_scan.h
