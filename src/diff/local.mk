libcompiler_la_SOURCES += %D%/diff.h %D%/follow.h
