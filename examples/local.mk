# The sample program, over the bindings that `make schema` keeps in generated/.
noinst_PROGRAMS += %D%/documents
%C%_documents_SOURCES = %D%/documents.c \
  generated/app_document.c generated/app_document.h \
  generated/app_migrations.c generated/app_migrations.h generated/app_models.h \
  generated/app_owner_stats.c generated/app_owner_stats.h generated/app_queries.c generated/app_queries.h \
  generated/app_types.c generated/app_types.h \
  generated/app_user.c generated/app_user.h
%C%_documents_CPPFLAGS = -I$(top_srcdir)/include -I$(top_srcdir)/generated $(LIBCRYPTO_CFLAGS)
%C%_documents_LDADD = liblexo.la $(LIBCRYPTO_LIBS)
