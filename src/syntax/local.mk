libcompiler_a_SOURCES += \
  %D%/ast.c %D%/ast.h \
  %D%/cursor.c %D%/cursor.h \
  %D%/layout.c %D%/layout.h \
  %D%/literal.c %D%/literal.h \
  %D%/parse.c
