/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/templates.h"

#include <string.h>

static const char ini_text[] = "# Configuration of lexo.  Every key is optional; these are the defaults.\n"
			       "[lexo]\n"
			       "models = models\n"
			       "script_location = migrations\n"
			       "generated = generated\n"
			       "# prefix of every C name\n"
			       "c_prefix = app\n"
			       "# oldest major version of PostgreSQL that the SQL must run on\n"
			       "target_version = 15\n"
			       "# how long a statement of a migration waits for a lock\n"
			       "lock_timeout = 3s\n"
			       "# file_template = %(rev)s_%(slug)s\n"
			       "# Better in the environment, as LEXO_DATABASE_URL or DATABASE_URL:\n"
			       "# url = postgresql:///app\n";

static const char model_text[] = "lexo 1\n"
				 "\n"
				 "/// A person who may sign in.\n"
				 "model User @table('users') {\n"
				 "  id          int8  @id @identity\n"
				 "  /// Sign-in name.\n"
				 "  email       text  @unique\n"
				 "  name        text?\n"
				 "  created_at  timestamptz = now()\n"
				 "\n"
				 "  check email_has_at `position('@' in email) > 1`\n"
				 "}\n";

static const char attributes_text[] = "# Checksums are over bytes: no line end conversion.\n"
				      "*.lexo text eol=lf\n"
				      "/migrations/** text eol=lf\n"
				      "# A line a revision, in any order: the lines of both sides are kept.\n"
				      "/migrations/lexo.sum merge=union\n"
				      "# Merged object by object; once in each clone: lexo merge-driver --install\n"
				      "/migrations/schema.lexo merge=lexo\n"
				      "/generated/** text eol=lf linguist-generated\n";

static const char make_text[] = "# include lexo.mk\n"
				"# schema   bring the C bindings up to date\n"
				"# migrate  bring the database up to date\n"
				"# verify   what CI runs: nothing is out of date, no revision was changed\n"
				"LEXO ?= lexo\n"
				"\n"
				".PHONY: schema migrate verify\n"
				"schema:\n"
				"\t$(LEXO) compile\n"
				"migrate:\n"
				"\t$(LEXO) upgrade head\n"
				"verify:\n"
				"\t$(LEXO) fmt --check\n"
				"\t$(LEXO) check\n"
				"\t$(LEXO) verify\n";

/* The commands are those lines that are indented; tests/live/templates.sh runs them. */
static const char keep_text[] =
    "Revisions are written here by: lexo revision --autogenerate -m 'what changes'\n"
    "\n"
    "First steps, with a private PostgreSQL (else set DATABASE_URL and leave out 'lexo dev run'):\n"
    "\n"
    "    lexo revision --autogenerate -m 'first tables'\n"
    "    make -f lexo.mk schema\n"
    "    lexo dev run make -f lexo.mk migrate verify\n";

static const char make_keep_text[] = "Revisions are written here by: lexo revision --autogenerate -m 'what changes'\n"
				     "\n"
				     "First steps, with a private PostgreSQL (else set DATABASE_URL and run ./app):\n"
				     "\n"
				     "    lexo revision --autogenerate -m 'first tables'\n"
				     "    make schema\n"
				     "    make\n"
				     "    lexo dev run ./app\n"
				     "    make verify\n";

static const char autotools_keep_text[] =
    "Revisions are written here by: lexo revision --autogenerate -m 'what changes'\n"
    "\n"
    "First steps, with a private PostgreSQL (else set DATABASE_URL and run ./app):\n"
    "\n"
    "    lexo revision --autogenerate -m 'first tables'\n"
    "    lexo compile\n"
    "    autoreconf -i\n"
    "    ./configure\n"
    "    make\n"
    "    make check\n"
    "    lexo dev run ./app\n";

static const char multidb_keep_text[] =
    "Revisions are written here by: lexo -n SECTION revision --autogenerate -m 'what changes'\n"
    "\n"
    "First steps, with a private PostgreSQL (else set url in both sections of lexo.ini and leave out 'lexo dev run'):\n"
    "\n"
    "    lexo -n engine1 revision --autogenerate -m 'first tables'\n"
    "    lexo -n engine2 revision --autogenerate -m 'first tables'\n"
    "    lexo -n engine1 compile\n"
    "    lexo -n engine2 compile\n"
    "    lexo dev run lexo -n engine1 upgrade head\n"
    "    lexo dev run lexo -n engine2 upgrade head\n";

static const char program_text[] =
    "/* Brings the database up to date, adds a user and counts.  DATABASE_URL says which database. */\n"
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "\n"
    "#include \"app_migrations.h\"\n"
    "#include \"app_models.h\"\n"
    "\n"
    "static lexo_rc run(lexo_db *db, lexo_arena *arena)\n"
    "{\n"
    "\tapp_user_new user = {.email = LEXO_S(\"ada@example.org\"), .name = LEXO_S(\"Ada\")};\n"
    "\tint64_t count = 0;\n"
    "\tlexo_rc rc = lexo_migrate(db, &app_history, NULL, NULL);\n"
    "\tif (rc == LEXO_OK)\n"
    "\t\trc = app_user_upsert_by_email(db, &user, 0, arena, NULL, NULL);\n"
    "\tif (rc == LEXO_OK)\n"
    "\t\trc = app_user_count(db, NULL, &count);\n"
    "\tif (rc == LEXO_OK)\n"
    "\t\tprintf(\"%lld users\\n\", (long long)count);\n"
    "\treturn rc;\n"
    "}\n"
    "\n"
    "int main(void)\n"
    "{\n"
    "\tlexo_db *db = NULL;\n"
    "\tlexo_arena *arena = lexo_arena_new(0);\n"
    "\tlexo_rc rc = lexo_open(getenv(\"DATABASE_URL\"), NULL, &db);\n"
    "\tif (rc == LEXO_OK)\n"
    "\t\trc = run(db, arena);\n"
    "\tif (rc != LEXO_OK)\n"
    "\t\tfprintf(stderr, \"%s: %s\\n\", lexo_rc_name(rc), lexo_err(db)->message);\n"
    "\tlexo_close(db);\n"
    "\tlexo_arena_free(arena);\n"
    "\treturn rc == LEXO_OK ? EXIT_SUCCESS : EXIT_FAILURE;\n"
    "}\n";

static const char makefile_text[] = "# make          build\n"
				    "# make migrate  bring the database up to date\n"
				    "# make verify   what CI runs\n"
				    "CFLAGS ?= -O2 -g\n"
				    "CPPFLAGS += -Igenerated $(shell pkg-config --cflags lexo)\n"
				    "LDLIBS += $(shell pkg-config --libs lexo)\n"
				    "bindings = $(wildcard generated/*.c)\n"
				    "\n"
				    "app: app.o $(bindings:.c=.o)\n"
				    "app.o: $(wildcard generated/*.h)\n"
				    "include lexo.mk\n"
				    ".PHONY: clean\n"
				    "clean:\n"
				    "\trm -f app app.o generated/*.o\n";

static const char configure_text[] = "AC_INIT([app], [0.1])\n"
				     "AC_CONFIG_AUX_DIR([build-aux])\n"
				     "AM_INIT_AUTOMAKE([foreign subdir-objects])\n"
				     "AC_PROG_CC\n"
				     "LEXO_CHECK\n"
				     "AC_CONFIG_FILES([Makefile])\n"
				     "AC_OUTPUT\n";

static const char automake_text[] =
    "# The list of bindings is written by hand: automake wants to know it. 'lexo compile' says what it writes.\n"
    "bin_PROGRAMS = app\n"
    "app_SOURCES = app.c generated/app_models.h generated/app_types.c generated/app_types.h \\\n"
    "  generated/app_user.c generated/app_user.h generated/app_migrations.c generated/app_migrations.h\n"
    "app_CPPFLAGS = -I$(srcdir)/generated $(LEXO_CFLAGS)\n"
    "app_LDADD = $(LEXO_LIBS)\n"
    "EXTRA_DIST = lexo.ini models migrations\n"
    "\n"
    ".PHONY: schema migrate\n"
    "schema:\n"
    "\tcd $(srcdir) && $(LEXO_COMPILER) compile\n"
    "migrate:\n"
    "\tcd $(srcdir) && $(LEXO_COMPILER) upgrade head\n"
    "check-local:\n"
    "\tcd $(srcdir) && $(LEXO_COMPILER) check\n";

static const char multidb_text[] =
    "# Configuration of lexo for two databases.  lexo -n engine1 COMMAND works on the first, -n engine2 on the\n"
    "# second; what stands in [lexo] holds for both.\n"
    "[lexo]\n"
    "target_version = 15\n"
    "lock_timeout = 3s\n"
    "\n"
    "[engine1]\n"
    "models = engine1/models\n"
    "script_location = engine1/migrations\n"
    "generated = engine1/generated\n"
    "c_prefix = engine1\n"
    "# url = postgresql:///engine1\n"
    "\n"
    "[engine2]\n"
    "models = engine2/models\n"
    "script_location = engine2/migrations\n"
    "generated = engine2/generated\n"
    "c_prefix = engine2\n"
    "# url = postgresql:///engine2\n";

static const char multidb_attributes_text[] = "# Checksums are over bytes: no line end conversion.\n"
					      "*.lexo text eol=lf\n"
					      "/*/migrations/** text eol=lf\n"
					      "/*/migrations/lexo.sum merge=union\n"
					      "# Once in each clone: lexo merge-driver --install\n"
					      "/*/migrations/schema.lexo merge=lexo\n"
					      "/*/generated/** text eol=lf linguist-generated\n";

static const struct lx_template_file generic_files[] = {
    {"lexo.ini", ini_text},           {"models/app.lexo", model_text},
    {"migrations/README", keep_text}, {".gitattributes", attributes_text},
    {"lexo.mk", make_text},           {NULL, NULL}};
static const struct lx_template_file make_files[] = {{"lexo.ini", ini_text},
						     {"models/app.lexo", model_text},
						     {"migrations/README", make_keep_text},
						     {".gitattributes", attributes_text},
						     {"lexo.mk", make_text},
						     {"app.c", program_text},
						     {"Makefile", makefile_text},
						     {NULL, NULL}};
static const struct lx_template_file autotools_files[] = {{"lexo.ini", ini_text},
							  {"models/app.lexo", model_text},
							  {"migrations/README", autotools_keep_text},
							  {".gitattributes", attributes_text},
							  {"app.c", program_text},
							  {"configure.ac", configure_text},
							  {"Makefile.am", automake_text},
							  {NULL, NULL}};
static const struct lx_template_file multidb_files[] = {{"lexo.ini", multidb_text},
							{"engine1/models/app.lexo", model_text},
							{"engine1/migrations/README", multidb_keep_text},
							{"engine2/models/app.lexo", model_text},
							{"engine2/migrations/README", multidb_keep_text},
							{".gitattributes", multidb_attributes_text},
							{NULL, NULL}};

static const struct lx_template templates[] = {
    {"generic", "One database; rules for make to include.", generic_files,
     "edit models/app.lexo, then: lexo revision --autogenerate -m 'first tables'"},
    {"multidb", "Two databases, a section of lexo.ini each.", multidb_files,
     "edit engine1/models/app.lexo, then: lexo -n engine1 revision --autogenerate -m 'first tables'"},
    {"make", "One database, a program and a makefile that builds it.", make_files,
     "edit models/app.lexo, then: lexo revision --autogenerate -m 'first tables'; make schema; make"},
    {"autotools", "One database, a program, configure.ac and Makefile.am.", autotools_files,
     "edit models/app.lexo, then: lexo revision --autogenerate -m 'first tables'; lexo compile; autoreconf -i"},
};

const struct lx_template *lx_templates(size_t *count)
{
	*count = sizeof templates / sizeof *templates;
	return templates;
}

const struct lx_template *lx_template_find(const char *name)
{
	for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
		if (strcmp(templates[i].name, name) == 0)
			return &templates[i];
	return NULL;
}
