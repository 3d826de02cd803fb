/* The lines "-- lexo:word value" of a revision file: what each says, and where it may stand.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_DIRECTIVE_H
#define LX_HISTORY_DIRECTIVE_H
#include "history/revision.h"

enum lx_revision_part { LX_PART_HEADER, LX_PART_UPGRADE, LX_PART_DOWNGRADE };

/* A file being read; everything is in ARENA (of try_alloc's kind). */
struct lx_revision_parser {
	struct lx_arena *arena;
	struct lx_fail *fail;
	struct lx_revision *revision;
	enum lx_revision_part part;
	bool is_outline;        /* stop behind the header */
	const char *step_start; /* NULL in the header */
	bool step_is_transactional;
	unsigned seen; /* bits by enum lx_directive_row */
};

/* What a directive says, and where. */
struct lx_directive {
	const char *start; /* the first dash */
	const char *word;
	size_t word_length;
	const char *value; /* trimmed */
	size_t value_length;
	const char *end; /* behind its newline */
};

enum lx_directive_row {
	LX_DIRECTIVE_REVISION,
	LX_DIRECTIVE_REVISES,
	LX_DIRECTIVE_MESSAGE,
	LX_DIRECTIVE_CREATED,
	LX_DIRECTIVE_STATE,
	LX_DIRECTIVE_BESIDE,
	LX_DIRECTIVE_DEPENDS_ON,
	LX_DIRECTIVE_BRANCH,
	LX_DIRECTIVE_REPLACES,
	LX_DIRECTIVE_IRREVERSIBLE,
	LX_DIRECTIVE_UP,
	LX_DIRECTIVE_DOWN,
	LX_DIRECTIVE_STEP,
	LX_DIRECTIVE_UNKNOWN
};

/* Takes the directive into the revision, or says why it cannot stand there. */
enum lx_status lx_directive_read(struct lx_revision_parser *parser, const struct lx_directive *directive);
/* Closes the step that runs up to END. */
enum lx_status lx_directive_close_step(struct lx_revision_parser *parser, const char *end);
/* Files the failure (just filled by lx_fail) under the place AT and says what to do. */
enum lx_status lx_revision_place(const struct lx_revision_parser *parser, const char *at, const char *help);
#endif
