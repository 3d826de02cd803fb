libcompiler_la_SOURCES += %D%/emit.h
