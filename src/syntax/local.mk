libcompiler_la_SOURCES += %D%/ast.h %D%/cursor.h
