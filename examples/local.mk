# Sample programs, over the bindings that `make schema` keeps in generated/.
noinst_LTLIBRARIES += %D%/libmodels.la
%C%_libmodels_la_SOURCES = \
  generated/app_document.c generated/app_document.h \
  generated/app_migrations.c generated/app_migrations.h generated/app_models.h \
  generated/app_owner_stats.c generated/app_owner_stats.h generated/app_queries.c generated/app_queries.h \
  generated/app_types.c generated/app_types.h \
  generated/app_user.c generated/app_user.h
%C%_libmodels_la_CPPFLAGS = -I$(top_srcdir)/include -I$(top_srcdir)/generated
%C%_libmodels_la_LIBADD = liblexo.la
noinst_PROGRAMS += %D%/documents %D%/archive/archive
%C%_documents_SOURCES = %D%/documents.c
%C%_documents_CPPFLAGS = $(%C%_libmodels_la_CPPFLAGS) $(LIBCRYPTO_CFLAGS)
%C%_documents_LDADD = %D%/libmodels.la $(LIBCRYPTO_LIBS)
EXTRA_DIST += %D%/archive/README.md
%C%_archive_archive_SOURCES = %D%/archive/archive.h %D%/archive/main.c %D%/archive/show.c %D%/archive/store.c %D%/archive/work.c
%C%_archive_archive_CPPFLAGS = $(%C%_documents_CPPFLAGS)
%C%_archive_archive_LDADD = $(%C%_documents_LDADD)
