libcompiler_la_SOURCES += %D%/diff.c %D%/diff.h
libcompiler_la_SOURCES += %D%/follow.c %D%/follow.h %D%/follow_state.h
libcompiler_la_SOURCES += %D%/guess.c %D%/guess.h
libcompiler_la_SOURCES += %D%/needed.c
libcompiler_la_SOURCES += %D%/pair.c %D%/pair.h
libcompiler_la_SOURCES += %D%/rename.c %D%/rename.h
