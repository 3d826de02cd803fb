/* One revision: a file of plain SQL with directives, read once into memory.  The bytes hashed are the bytes executed.
 * Format: docs/migrations.md.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_REVISION_H
#define LX_HISTORY_REVISION_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"
#include "base/sha256.h"

struct lx_arena;
struct lx_buffer;

enum {
	LX_REVISION_LIMIT = 64 << 20, /* bytes of one file */
	LX_REVISION_ID_LIMIT = 128
};

/* A stretch of SQL that runs the same way.  The text is the file's own, not NUL-terminated. */
struct lx_step {
	const char *sql;
	size_t length;
	size_t statements;
	bool is_transactional;
};

struct lx_section {
	bool is_present;
	struct lx_step *steps; /* those without any statement are left out */
	size_t step_count;
	size_t statements;
	char tok[LX_SHA256_HEX];
};

struct lx_names { /* a directive's words */
	const char **items;
	size_t count;
};

/* An id that a revision takes the place of (lexo squash). */
struct lx_replaced {
	const char *id;
	const char *chain; /* of the one that all of them ended with: a database that is at it has all of the revision;
			      NULL: a database that is at it has a part */
};

struct lx_revision {
	const char *id;
	const char *path; /* as shown to people */
	const char *text; /* the whole file, NUL-terminated; NULL: only the header was read */
	size_t length;
	struct lx_names revises, depends_on, labels;
	struct lx_names beside; /* ids: STATE is that of this revision together with these */
	const char *message;    /* "" when there is none */
	const char *created;    /* NULL when absent, as are those below */
	const char *state;
	const char *irreversible;     /* the reason */
	struct lx_replaced *replaced; /* NULL: none; else at least one has a chain */
	size_t replaced_count;
	bool is_kept; /* made of what a database keeps of it: of the upgrade there is the sum alone */
	struct lx_section upgrade, downgrade;
	char raw[LX_SHA256_HEX], tok[LX_SHA256_HEX];

	/* filled by lx_history_link() */
	char chain[LX_SHA256_HEX];
	struct lx_revision **parents, **dependencies;
	struct lx_revision **children, **dependents; /* the other way round */
	size_t child_count, dependent_count;
	struct lx_names branches; /* labels of the branches it is on: its own, and what it takes from its neighbours */
	size_t index;             /* in the history's order: parents stand before their children */
};

/* Reads TEXT, which must outlive the revision and have a NUL behind it.  Strict: an unknown or doubled directive, bytes
 * that are no UTF-8, an unterminated literal, transaction control, psql commands and COPY FROM STDIN are refused with
 * PATH, line and column.  The revision is in ARENA (of try_alloc's kind). */
enum lx_status lx_revision_parse(struct lx_arena *arena, const char *path, const char *text, size_t length,
				 struct lx_revision **revision, struct lx_fail *fail);

/* The header alone: no sections, no sums, and TEXT need not outlive it (revision->text is NULL).  As strict as above
 * about the header, and about UTF-8; SQL is not looked at. */
enum lx_status lx_revision_outline(struct lx_arena *arena, const char *path, const char *text, size_t length,
				   struct lx_revision **revision, struct lx_fail *fail);

/* What a new revision file is made of.  SQL parts may hold "-- lexo:step" lines. */
struct lx_revision_draft {
	const char *id;
	const char *const *revises; /* NULL-terminated; NULL or empty: base */
	const char *const *depends_on, *const *labels, *const *beside;
	const char *message, *created, *state, *irreversible; /* NULL: left out (the message's line stays) */
	const char *replaces;                                 /* the value of its line; NULL: none */
	const char *upgrade;                                  /* "": an empty section with room for SQL */
	const char *downgrade;                                /* NULL: no section */
};
/* Appends the file's text to OUT.  Line breaks in one-line fields become spaces. */
void lx_revision_print(struct lx_buffer *out, const struct lx_revision_draft *draft);

/* Appends TEXT, a revision file's, to OUT with the line of the header's directive WORD saying VALUE, or without that
 * line when VALUE is NULL.  A line that is not there is put behind the last directive.  All other bytes stay. */
void lx_revision_print_line(struct lx_buffer *out, const char *text, const char *word, const char *value);

/* True for an id that may be used: 1 to 128 bytes, no white space, control character or any of @ - + : , / \ < >, and
 * not a word that means something else (head, heads, base, current).  *WHY says what is wrong. */
bool lx_revision_id_ok(const char *id, size_t length, const char **why);

/* Line and column (1-based; columns count characters) of AT, a place in the revision's text. */
void lx_revision_position(const struct lx_revision *revision, const char *at, unsigned *line, unsigned *column);
#endif
