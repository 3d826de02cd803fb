libcompiler_la_SOURCES += %D%/format.h
