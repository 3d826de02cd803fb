/* SPDX-License-Identifier: Apache-2.0 */
#include "history/statements.h"

#include <string.h>

void lx_split_init(struct lx_splitter *splitter, const char *text, size_t length)
{
	lx_sql_scan_init(&splitter->scanner, text, length);
}

bool lx_statement_begins(const struct lx_sql_statement *statement, const char *words)
{
	for (size_t i = 0; i < sizeof statement->words / sizeof *statement->words; i++) {
		char word[32];
		size_t length = strcspn(words, " ");
		if (length >= sizeof word)
			return false;
		memcpy(word, words, length);
		word[length] = 0;
		if (!lx_sql_token_is(&statement->words[i], word))
			return false;
		if (!words[length])
			return true;
		words += length + 1;
	}
	return false;
}

/* ROLLBACK … TO goes back to a savepoint, which does not leave the transaction. */
static bool goes_to_savepoint(const struct lx_sql_statement *statement)
{
	for (size_t i = 1; i < 3; i++)
		if (lx_sql_token_is(&statement->words[i], "to"))
			return true;
	return false;
}

static bool is_transaction_control(const struct lx_sql_statement *statement)
{
	static const char *const forms[] = {"begin", "start transaction",  "commit", "end",
					    "abort", "prepare transaction"};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (lx_statement_begins(statement, forms[i]))
			return true;
	return lx_statement_begins(statement, "rollback") && !goes_to_savepoint(statement);
}

static bool may_have_atomic_body(const struct lx_sql_statement *statement)
{
	static const char *const forms[] = {"create function", "create procedure", "create or replace function",
					    "create or replace procedure"};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (lx_statement_begins(statement, forms[i]))
			return true;
	return false;
}

/* What the splitter knows while it walks one statement. */
struct walk {
	size_t count;             /* tokens so far */
	size_t parentheses;       /* open ones */
	size_t blocks;            /* BEGIN ATOMIC, and CASE in it */
	struct lx_sql_token last; /* the token before */
};

static void note_problem(struct lx_sql_statement *statement, enum lx_statement_problem problem,
			 const struct lx_sql_token *token)
{
	if (statement->problem != LX_STATEMENT_FINE)
		return;
	statement->problem = problem;
	statement->culprit = *token;
}

/* A word behind AS or a dot is a label or a name, whatever it spells. */
static bool is_keyword(const struct walk *walk, const struct lx_sql_token *token, const char *keyword)
{
	return lx_sql_token_is(token, keyword) && !lx_sql_token_is(&walk->last, "as") &&
	       !(walk->last.kind == LX_SQL_PUNCT && walk->last.length == 1 && *walk->last.start == '.');
}

static void note_word(struct lx_sql_statement *statement, struct walk *walk, const struct lx_sql_token *token)
{
	if (walk->blocks) {
		if (is_keyword(walk, token, "case"))
			walk->blocks++;
		else if (is_keyword(walk, token, "end"))
			walk->blocks--;
	} else if (walk->parentheses == 0 && lx_sql_token_is(token, "atomic") &&
		   lx_sql_token_is(&walk->last, "begin") && may_have_atomic_body(statement)) {
		walk->blocks = 1;
	}
	bool copies = walk->parentheses == 0 && lx_sql_token_is(&statement->words[0], "copy") &&
		      ((lx_sql_token_is(token, "stdin") && lx_sql_token_is(&walk->last, "from")) ||
		       (lx_sql_token_is(token, "stdout") && lx_sql_token_is(&walk->last, "to")));
	if (copies)
		note_problem(statement, LX_STATEMENT_COPY, &statement->words[0]);
}

static void note_token(struct lx_sql_statement *statement, struct walk *walk, const struct lx_sql_token *token)
{
	if (walk->count < sizeof statement->words / sizeof *statement->words)
		statement->words[walk->count] = *token;
	walk->count++;
	if (token->kind == LX_SQL_BROKEN)
		note_problem(statement, LX_STATEMENT_BROKEN, token);
	else if (token->kind == LX_SQL_BACKSLASH)
		note_problem(statement, LX_STATEMENT_BACKSLASH, token);
	else if (token->kind == LX_SQL_WORD)
		note_word(statement, walk, token);
	else if (token->kind == LX_SQL_PUNCT && *token->start == '(')
		walk->parentheses++;
	else if (token->kind == LX_SQL_PUNCT && *token->start == ')' && walk->parentheses)
		walk->parentheses--;
	walk->last = *token;
}

bool lx_split_next(struct lx_splitter *splitter, struct lx_sql_statement *statement)
{
	struct walk walk = {0};
	struct lx_sql_token token;
	memset(statement, 0, sizeof *statement);
	while (lx_sql_scan(&splitter->scanner, &token) != LX_SQL_END) {
		bool ends = token.kind == LX_SQL_PUNCT && *token.start == ';' && !walk.parentheses && !walk.blocks;
		if (ends && walk.count)
			break;
		if (ends)
			continue;
		if (!walk.count)
			statement->start = token.start;
		note_token(statement, &walk, &token);
		statement->length = (size_t)(token.start + token.length - statement->start);
	}
	if (walk.count && is_transaction_control(statement))
		note_problem(statement, LX_STATEMENT_TRANSACTION, &statement->words[0]);
	return walk.count > 0;
}
