/* Actions of the lexer: make the node of the token that begins at lexer->token.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SYNTAX_LITERAL_H
#define LX_SYNTAX_LITERAL_H
#include "model_lexer.h"

struct lx_span lx_literal_span(const struct model_lexer *lexer); /* of the token */
enum model_raw lx_literal_plain(struct model_lexer *lexer, enum lx_node_kind kind);
enum model_raw lx_literal_punct(struct model_lexer *lexer, char punct);
enum model_raw lx_literal_open(struct model_lexer *lexer, enum lx_node_kind kind);
/* '…', "…" and `…`; the cursor is behind the first quote. */
enum model_raw lx_literal_quoted(struct model_lexer *lexer, enum lx_node_kind kind);
/* $tag$…$tag$; the cursor is behind the first tag. */
enum model_raw lx_literal_body(struct model_lexer *lexer);
enum model_raw lx_literal_annotation(struct model_lexer *lexer);
/* Reported, and then read as what was meant. */
enum model_raw lx_literal_odd_name(struct model_lexer *lexer);
enum model_raw lx_literal_bad_number(struct model_lexer *lexer);
enum model_raw lx_literal_foreign_comment(struct model_lexer *lexer);
void lx_literal_bad_character(struct model_lexer *lexer);
#endif
