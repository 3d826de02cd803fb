/* lexo runtime: applies a program's embedded migrations, with the same engine and the same guarantees as the command
 * line.  `lexo compile` writes the history of migrations/ into <prefix>_migrations.c; a program then does
 *	lexo_migrate_report report;
 *	if (lexo_migrate(db, &app_history, NULL, &report) != LEXO_OK) …
 * Several programs may do so at once: one works, the others wait.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LEXO_MIGRATE_H
#define LEXO_MIGRATE_H
#include <lexo/lexo.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Generated.  The files of migrations/, byte for byte, in pieces that end with a NULL. */
typedef struct lexo_revision {
	const char *id, *file, *chain;
	const char *const *text;
} lexo_revision;
typedef struct lexo_history {
	const lexo_revision *revisions; /* in the order to apply */
	size_t count;
} lexo_history;

typedef enum lexo_migrate_kind {
	LEXO_MIGRATE_WAITING = 1, /* another runner is at work */
	LEXO_MIGRATE_RUNNING,     /* a revision begins */
	LEXO_MIGRATE_DONE,        /* it is committed */
	LEXO_MIGRATE_RETRY,       /* a lock was not to be had; tried again */
	LEXO_MIGRATE_NOTICE       /* from the server */
} lexo_migrate_kind;
typedef struct lexo_migrate_event {
	lexo_migrate_kind kind;
	const char *revision, *message, *text; /* "" when absent; valid during the call */
	size_t number, total;
	int64_t milliseconds;
} lexo_migrate_event;

typedef struct lexo_migrate_options {
	size_t struct_size;         /* = sizeof(lexo_migrate_options) */
	const char *target;         /* NULL: head; an id, a prefix, +1 … */
	const char *version_schema; /* NULL: lexo */
	const char *search_path;    /* of the revisions; NULL: public, pg_temp */
	unsigned lock_timeout_ms;   /* of each statement; 0: 3000 */
	unsigned lock_wait_ms;      /* for another runner; 0: 60000 */
	unsigned attempts;          /* of a revision that runs into lock_timeout; 0: 10 */
	void (*on_event)(void *context, const lexo_migrate_event *event);
	void *context;
} lexo_migrate_options;

/* What happened; the texts are empty when all went well. */
typedef struct lexo_migrate_report {
	int exit_status; /* what `lexo upgrade` would end with: 0, 4 no connection, 5 checksum, 6 lock, 7 rolled back …
			  */
	size_t applied;  /* revisions that this call applied */
	char code[8];    /* "L0407": lexo explain L0407 */
	char sqlstate[6];
	char message[1024], where[512], help[1024];
} lexo_migrate_report;

/* Verifies HISTORY and what the database has of it, then applies what is missing up to the target.  No transaction may
 * be open.  OPTIONS and REPORT may be NULL.  LEXO_E_SCHEMA_MISMATCH: checksum, unknown revision, several heads;
 * LEXO_E_LOCK_TIMEOUT: another runner or session, trying again is safe; LEXO_E_CONNECTION; LEXO_E_SQL: a revision
 * failed and was rolled back (see report); LEXO_E_MISUSE, LEXO_E_NOMEM. */
LEXO_PUBLIC lexo_rc lexo_migrate(lexo_db *db, const lexo_history *history, const lexo_migrate_options *options,
				 lexo_migrate_report *report) LEXO_MUST_CHECK;

/* --- is the database the one that the program was made for? ------------------------------------------------------- */

typedef enum lexo_schema_state {
	LEXO_SCHEMA_CURRENT = 1, /* at the program's revisions, exactly */
	LEXO_SCHEMA_AHEAD,       /* has all of them, and later ones that the program does not know */
	LEXO_SCHEMA_BEHIND,      /* lacks some, or all */
	LEXO_SCHEMA_OTHER        /* has others: another branch, an edited revision, one that nothing is known of */
} lexo_schema_state;
typedef enum lexo_schema_rule {
	LEXO_SCHEMA_REFUSE = 0, /* BEHIND and OTHER are failures */
	LEXO_SCHEMA_WAIT,       /* BEHIND: for somebody else to migrate, wait_ms at most; then as REFUSE */
	LEXO_SCHEMA_MIGRATE,    /* BEHIND: lexo_migrate() first; then as REFUSE */
	LEXO_SCHEMA_WARN        /* all is well, and the report tells what is not */
} lexo_schema_rule;
typedef struct lexo_schema_options {
	size_t struct_size; /* = sizeof(lexo_schema_options) */
	lexo_schema_rule rule;
	bool refuse_ahead;          /* AHEAD is a failure too; otherwise later revisions are taken for additive */
	unsigned wait_ms;           /* 0: 60000 */
	const char *version_schema; /* NULL: lexo */
	const lexo_migrate_options *migrate; /* for LEXO_SCHEMA_MIGRATE; may be NULL */
} lexo_schema_options;

/* To be called behind lexo_open(): compares the revisions that the database has with HISTORY, by id and checksum.
 * OPTIONS, STATE and REPORT may be NULL.  No transaction may be open.  LEXO_E_SCHEMA_MISMATCH as the rule says;
 * LEXO_E_CONNECTION, LEXO_E_SQL (a right to read lexo's tables is missing), LEXO_E_MISUSE, LEXO_E_NOMEM; with
 * LEXO_SCHEMA_MIGRATE what lexo_migrate() returns. */
LEXO_PUBLIC lexo_rc lexo_check_schema(lexo_db *db, const lexo_history *history, const lexo_schema_options *options,
				      lexo_schema_state *state, lexo_migrate_report *report) LEXO_MUST_CHECK;
#ifdef __cplusplus
}
#endif
#endif
