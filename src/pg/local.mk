libruntime_la_SOURCES += %D%/connection.c %D%/connection.h
libruntime_la_SOURCES += %D%/lock.c %D%/lock.h
