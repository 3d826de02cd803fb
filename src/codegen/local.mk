libcompiler_la_SOURCES += %D%/codegen.h
