libcompiler_a_SOURCES += %D%/expr.c %D%/expr.h %D%/schema.c %D%/schema.h %D%/types.c %D%/types.def %D%/types.h %D%/sequence.c %D%/sequence.h
