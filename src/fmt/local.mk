libcompiler_a_SOURCES += \
  %D%/comments.c %D%/fields.c %D%/format.c %D%/format.h %D%/nodes.c %D%/writer.c %D%/writer.h
