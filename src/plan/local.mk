libcompiler_la_SOURCES += %D%/plan.h %D%/depends.h
