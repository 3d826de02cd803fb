bin_PROGRAMS += lexo
lexo_SOURCES = \
  %D%/cli.h \
  %D%/cmd_dev.c \
  %D%/cmd_explain.c \
  %D%/cmd_init.c \
  %D%/cmd_later.c \
  %D%/commands.def \
  %D%/commands.h \
  %D%/config.c \
  %D%/config.def \
  %D%/config.h \
  %D%/dev.h \
  %D%/dev_folder.c \
  %D%/dev_server.c \
  %D%/help.c \
  %D%/main.c \
  %D%/options.c \
  %D%/options.def \
  %D%/options.h \
  %D%/output.c \
  %D%/secret.c \
  %D%/secret.h
lexo_LDADD = libcompiler.la libruntime.la $(INIH_LIBS)
