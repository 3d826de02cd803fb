libcompiler_la_SOURCES += %D%/snapshot.h %D%/printer.h
