libcompiler_la_SOURCES += %D%/compile.h %D%/declare.h %D%/mixin.h
