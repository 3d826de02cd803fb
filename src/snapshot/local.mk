libcompiler_a_SOURCES += %D%/printer.c %D%/printer.h %D%/snapshot.c %D%/snapshot.h
