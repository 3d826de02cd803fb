bin_PROGRAMS += lexo
lexo_SOURCES = %D%/main.c
lexo_LDADD = libcompiler.la libruntime.la $(INIH_LIBS)
