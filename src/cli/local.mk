bin_PROGRAMS += lexo
lexo_SOURCES = \
  %D%/autogenerate.c \
  %D%/autogenerate.h \
  %D%/cli.h \
  %D%/cmd_check.c \
  %D%/cmd_compile.c \
  %D%/cmd_current.c \
  %D%/cmd_dev.c \
  %D%/cmd_diff.c \
  %D%/cmd_explain.c \
  %D%/cmd_fmt.c \
  %D%/cmd_hash.c \
  %D%/cmd_heads.c \
  %D%/cmd_history.c \
  %D%/cmd_init.c \
  %D%/cmd_revision.c \
  %D%/cmd_status.c \
  %D%/cmd_upgrade.c \
  %D%/cmd_verify.c \
  %D%/commands.def \
  %D%/commands.h \
  %D%/config.c \
  %D%/config.def \
  %D%/config.h \
  %D%/database.c \
  %D%/database.h \
  %D%/dev.h \
  %D%/dev_folder.c \
  %D%/dev_server.c \
  %D%/generated.c \
  %D%/generated.h \
  %D%/help.c \
  %D%/main.c \
  %D%/models.c \
  %D%/models.h \
  %D%/new_revision.c \
  %D%/options.c \
  %D%/options.def \
  %D%/options.h \
  %D%/output.c \
  %D%/rename.c \
  %D%/revisions.c \
  %D%/revisions.h \
  %D%/secret.c \
  %D%/secret.h
lexo_LDADD = $(compiler_libs) $(INIH_LIBS)
