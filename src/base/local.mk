# The runtime is one convenience library; liblexo exports its public part, the command line links it whole.
noinst_LTLIBRARIES += libruntime.la
libruntime_la_LIBADD = $(LIBPQ_LIBS) $(LIBCRYPTO_LIBS)
libruntime_la_SOURCES = \
  %D%/arena.c %D%/arena.h %D%/buffer.c %D%/buffer.h %D%/conflict.c %D%/conflict.h %D%/crypto.c %D%/crypto.h \
  %D%/fail.c %D%/fail.h %D%/io.c %D%/io.h %D%/io_set.c \
  %D%/json.c %D%/json.h %D%/map.c %D%/map.h %D%/text.h %D%/sha256.c %D%/sha256.h %D%/utf8.c %D%/utf8.h %D%/vec.c %D%/vec.h
