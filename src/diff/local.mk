libcompiler_a_SOURCES += %D%/diff.c %D%/diff.h
libcompiler_a_SOURCES += %D%/follow.c %D%/follow.h %D%/follow_state.h
libcompiler_a_SOURCES += %D%/guess.c %D%/guess.h
libcompiler_a_SOURCES += %D%/needed.c
libcompiler_a_SOURCES += %D%/pair.c %D%/pair.h
libcompiler_a_SOURCES += %D%/rename.c %D%/rename.h
