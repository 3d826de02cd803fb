/* Migrations of other tools as revisions.  A format is a row of a table: a reader that lists what is in a folder, in
 * order, and how the database is asked which of it is applied.  What is common: SQL is taken as it stands, as far as a
 * revision may hold it (import_sql.c), and the imported history is proven against the original (import_proof.c).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_IMPORT_H
#define LX_CLI_IMPORT_H
#include "base/map.h"
#include "cli/cli.h"
#include "history/history.h"

struct lx_import;

/* SQL as the other tool has it: a stretch of a file. */
struct lx_import_sql {
	const char *path;       /* as shown to people; NULL: there is none */
	const char *file, *sql; /* the file's text, and where in it the stretch begins; NUL-terminated both */
	size_t length;
	bool is_outside;       /* the tool runs it outside a transaction */
	bool leaves_at_commit; /* between COMMIT and BEGIN is outside, which is how Alembic writes it */
};
struct lx_import_revision {
	const char *id;
	const char *version; /* as the tool's own table has it */
	const char *message, *created;
	struct lx_vec parents, depends_on, labels; /* const char * */
	struct lx_import_sql up, down;
	const char *upgrade, *downgrade; /* what becomes of them; DOWNGRADE NULL: none */
	const char *irreversible;
};

enum lx_import_answer {
	LX_IMPORT_ALL,  /* every version that is applied */
	LX_IMPORT_LAST, /* the newest one */
	LX_IMPORT_HEADS /* the heads, of which there may be several */
};
struct lx_import_format {
	const char *word;
	enum lx_status (*read)(struct lx_import *import);
	enum lx_import_answer answer;
	const char *applied; /* SQL that gives it; the table's name is put behind it when it is not fixed */
};

struct lx_import {
	struct lx_cli *cli;
	const struct lx_import_format *format;
	const char *folder;
	struct lx_vec revisions; /* struct lx_import_revision *, in the order to apply */
	struct lx_vec notes;     /* const char * */
	const char *table;       /* the tool's own table, whose statements are dropped; NULL: not in the scripts */
	const char *script;      /* the whole upgrade, where the tool writes one */
	struct lx_history *history;
	struct lx_map paths; /* of its files */
};

/* --- readers (import_files.c, import_sqitch.c, import_alembic.c) ----------------------------------------------------
 */
enum lx_status lx_import_marked(struct lx_import *import); /* one file, parts behind marks: dbmate, goose */
enum lx_status lx_import_pairs(struct lx_import *import);  /* NAME.up.sql and NAME.down.sql: golang-migrate */
enum lx_status lx_import_flyway(struct lx_import *import);
enum lx_status lx_import_diesel(struct lx_import *import);
enum lx_status lx_import_sqitch(struct lx_import *import);
enum lx_status lx_import_alembic(struct lx_import *import);

/* --- what readers use (import_text.c) -------------------------------------------------------------------------------
 */
/* A file's text, without a byte order mark; it must be UTF-8 without NUL (L0436). */
enum lx_status lx_import_read(struct lx_import *import, const char *path, const char **text);
/* The whole of the file PATH as SQL. */
enum lx_status lx_import_take(struct lx_import *import, const char *path, struct lx_import_sql *sql);
const char *lx_import_path(struct lx_import *import, const char *name); /* in the folder */
/* A revision behind the last one (unless it is to have other parents).  The id is VERSION with what an id may not hold
 * made '_'. */
struct lx_import_revision *lx_import_add(struct lx_import *import, const char *version, const char *message);
/* "create_users" -> "create users" */
const char *lx_import_words(struct lx_import *import, const char *text, size_t length);
/* The names in the folder that end in SUFFIX, const char *. */
enum lx_status lx_import_list(struct lx_import *import, const char *folder, const char *suffix, struct lx_vec *names);
void lx_import_note(struct lx_import *import, const char *path, const char *file, const char *at, const char *text);
/* Fails with CODE at a place in a file. */
enum lx_status lx_import_refuse(struct lx_import *import, const char *code, const struct lx_import_sql *sql,
				const char *at, const char *message, const char *help);
/* Compares versions: numbers by value, parts between '.' and '_' one after the other. */
int lx_import_compare(const char *a, const char *b);
/* Puts the values of -x in the places of ${NAME}; one without a value is refused (L0435). */
enum lx_status lx_import_fill(struct lx_import *import, struct lx_import_sql *sql);

/* --- the rest -------------------------------------------------------------------------------------------------------
 */
/* SQL as it may stand in a revision (import_sql.c). */
enum lx_status lx_import_convert(struct lx_import *import, const struct lx_import_sql *sql, const char **converted);
/* SQL text of alembic, `--sql`, cut at its comments into the revisions (import_script.c). */
enum lx_status lx_import_scripts(struct lx_import *import, const char *ini);
/* The original and the imported history on scratch databases (import_proof.c). */
enum lx_status lx_import_prove(struct lx_import *import);
/* Stamps the database of the run with what the other tool applied (import_stamp.c). */
enum lx_status lx_import_stamp(struct lx_import *import);
#endif
