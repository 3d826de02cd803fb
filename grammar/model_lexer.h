/* The raw tokens of a .lexo file.  Knows no lines rule and no brackets: that is the layout's work (syntax/layout.h).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_MODEL_LEXER_H
#define LX_MODEL_LEXER_H
#include <stdbool.h>

#include "syntax/ast.h"

struct model_lexer {
	const unsigned char *start; /* NUL-terminated; NULs inside are allowed */
	const unsigned char *limit;
	const unsigned char *cursor;
	const unsigned char *marker; /* re2c's */
	const unsigned char *token;  /* start of the token that was read last */
	struct lx_arena *arena;
	struct lx_diags *diags;
	uint32_t file;
	size_t most_errors;   /* of DIAGS: then the rest is not read */
	size_t most_warnings; /* then no more are reported */
	uint32_t bad_end;     /* end of the last unexpected character, so that a run of them is one error */
	bool is_recovering;   /* second reading: guess where a forgotten quote should have been */
	bool must_recover;    /* first reading: something is not closed; read again */
	struct lx_node *node; /* of the last LEAF, CALL, OPEN */
};

enum model_raw {
	MODEL_RAW_END,
	MODEL_RAW_LINE,    /* end of a line */
	MODEL_RAW_COMMENT, /* the token is its extent */
	MODEL_RAW_DOC,
	MODEL_RAW_LEAF, /* NODE is complete */
	MODEL_RAW_CALL, /* NODE is an annotation, the next token is its '(' */
	MODEL_RAW_OPEN, /* NODE is a group without contents */
	MODEL_RAW_CLOSE
};

enum model_raw model_lex(struct model_lexer *lexer);

/* True when a line that begins at TEXT looks like the next declaration: a word of the language's top level and a blank.
 * Only for guesses after an error. */
bool model_is_declaration(const unsigned char *text);
#endif
