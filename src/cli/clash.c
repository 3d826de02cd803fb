/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/clash.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "history/sql_scan.h"
#include "history/statements.h"

/* A name that a statement has: what it changes, or what it only mentions. */
struct use {
	const struct lx_revision *revision;
	const char *name; /* parts joined by dots, unquoted */
	bool is_change, is_drop;
};

struct reader {
	struct lx_arena *arena;
	const struct lx_revision *revision;
	struct lx_sql_token *tokens;
	size_t count, at;
	bool is_drop;
	struct lx_vec *uses;
};

/* Words that stand before the name in CREATE, ALTER, DROP, COMMENT ON, INSERT INTO and the like. */
static const char *const before_names[] = {
    "access",     "aggregate", "alter",    "as",           "collation",   "column",     "comment", "concurrently",
    "constraint", "create",    "data",     "default",      "delete",      "domain",     "drop",    "event",
    "exists",     "extension", "foreign",  "from",         "function",    "group",      "if",      "index",
    "insert",     "into",      "language", "materialized", "method",      "not",        "on",      "only",
    "operator",   "or",        "policy",   "procedure",    "publication", "recursive",  "replace", "role",
    "routine",    "rule",      "schema",   "sequence",     "server",      "statistics", "table",   "temp",
    "temporary",  "trigger",   "truncate", "type",         "unique",      "unlogged",   "update",  "user",
    "view",       "wrapper",
};

static const struct lx_sql_token *peek(const struct reader *reader, size_t more)
{
	return &reader->tokens[reader->at + more < reader->count ? reader->at + more : reader->count];
}

static bool is_word(const struct lx_sql_token *token, const char *word)
{
	return token->kind == LX_SQL_WORD && lx_sql_token_is(token, word);
}

static bool is_name(const struct lx_sql_token *token)
{
	return token->kind == LX_SQL_WORD || token->kind == LX_SQL_QUOTED;
}

static bool is_sign(const struct lx_sql_token *token, char sign)
{
	return token->kind == LX_SQL_PUNCT && token->length == 1 && *token->start == sign;
}

static bool take(struct reader *reader, const char *word)
{
	bool is_there = is_word(peek(reader, 0), word);
	reader->at += is_there;
	return is_there;
}

static void add_part(struct lx_buffer *out, const struct lx_sql_token *token)
{
	bool is_quoted = token->kind == LX_SQL_QUOTED;
	for (size_t i = is_quoted; i + is_quoted < token->length; i++) {
		lx_buffer_char(out, is_quoted ? token->start[i] : (char)tolower((unsigned char)token->start[i]));
		i += is_quoted && token->start[i] == '"'; /* doubled */
	}
}

/* a.b.c at the reader's place, behind BASE (may be NULL); NULL when there is no name. */
static const char *take_name(struct reader *reader, const char *base)
{
	struct lx_buffer name = LX_BUFFER_INIT;
	if (!is_name(peek(reader, 0)))
		return NULL;
	if (base)
		lx_buffer_printf(&name, "%s.", base);
	add_part(&name, peek(reader, 0));
	reader->at++;
	while (is_sign(peek(reader, 0), '.') && is_name(peek(reader, 1))) {
		lx_buffer_char(&name, '.');
		add_part(&name, peek(reader, 1));
		reader->at += 2;
	}
	const char *text = lx_arena_string(reader->arena, lx_buffer_text(&name));
	lx_buffer_free(&name);
	return text;
}

static void add_use(struct reader *reader, const char *name, bool is_change, bool is_drop)
{
	struct use *use = LX_NEW(reader->arena, struct use);
	*use = (struct use){reader->revision, name, is_change, is_drop};
	lx_vec_push(reader->arena, reader->uses, use);
}

static void skip_before_name(struct reader *reader)
{
	for (;;) {
		bool is_known = false;
		for (size_t i = 0; i < sizeof before_names / sizeof *before_names && !is_known; i++)
			is_known = is_word(peek(reader, 0), before_names[i]);
		if (!is_known || is_sign(peek(reader, 1), '.'))
			return;
		reader->at++;
	}
}

/* Behind the comma that ends the action of ALTER TABLE. */
static bool next_action(struct reader *reader)
{
	int depth = 0;
	for (; reader->at < reader->count; reader->at++) {
		const struct lx_sql_token *token = peek(reader, 0);
		depth += is_sign(token, '(') - is_sign(token, ')');
		if (depth == 0 && is_sign(token, ',')) {
			reader->at++;
			return true;
		}
	}
	return false;
}

/* ADD COLUMN x, DROP CONSTRAINT y, ALTER z: the part of TABLE that changes; TABLE itself for anything else. */
static void read_actions(struct reader *reader, const char *table)
{
	static const char *const verbs[] = {"add", "drop", "alter", "rename", "validate"};
	static const char *const kinds[] = {"column", "constraint", "if", "not", "exists"};
	do {
		bool is_part = false, is_drop = is_word(peek(reader, 0), "drop") || is_word(peek(reader, 0), "rename");
		for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !is_part; i++)
			is_part = take(reader, verbs[i]);
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			take(reader, kinds[i]);
		if (!is_part || is_word(peek(reader, 0), "to"))
			add_use(reader, table, true, is_drop);
		else {
			const char *part = take_name(reader, table);
			add_use(reader, part ? part : table, true, is_drop);
		}
	} while (next_action(reader));
}

/* CREATE INDEX i ON t, POLICY p ON t, TRIGGER g … ON t: the part i of t. */
static void read_part(struct reader *reader, const char *name)
{
	while (reader->at < reader->count && !is_word(peek(reader, 0), "on"))
		reader->at++;
	reader->at++;
	take(reader, "only");
	const char *table = take_name(reader, NULL);
	const char *part = strrchr(name, '.') ? strrchr(name, '.') + 1 : name;
	add_use(reader, table ? lx_arena_printf(reader->arena, "%s.%s", table, part) : name, true, reader->is_drop);
}

/* Every a.b in the statement. */
static void read_mentions(struct reader *reader)
{
	for (reader->at = 0; reader->at < reader->count; reader->at++)
		if (is_name(peek(reader, 0)) && is_sign(peek(reader, 1), '.') && is_name(peek(reader, 2))) {
			add_use(reader, take_name(reader, NULL), false, false);
			reader->at--;
		}
}

static void read_statement(struct reader *reader)
{
	static const char *const parts[] = {"index", "policy", "trigger", "rule"};
	static const char *const verbs[] = {"create", "alter",  "drop",     "comment", "insert",
					    "update", "delete", "truncate", "grant",   "revoke"};
	bool is_change = false, is_part = false;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		is_change |= is_word(peek(reader, 0), verbs[i]);
	bool is_alter_table = is_word(peek(reader, 0), "alter") && is_word(peek(reader, 1), "table");
	bool has_name_later = is_word(peek(reader, 0), "grant") || is_word(peek(reader, 0), "revoke");
	reader->is_drop = is_word(peek(reader, 0), "drop");
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < sizeof parts / sizeof *parts; j++)
			is_part |= is_word(peek(reader, i), parts[j]) && !is_word(peek(reader, 0), "comment") &&
				   !(reader->is_drop && j == 0);
	skip_before_name(reader);
	const char *name = is_change && !has_name_later ? take_name(reader, NULL) : NULL;
	if (name && is_alter_table)
		read_actions(reader, name);
	else if (name && is_part)
		read_part(reader, name);
	else if (name)
		add_use(reader, name, true, reader->is_drop);
	read_mentions(reader);
}

static void read_section(struct reader *reader, const struct lx_step *step)
{
	struct lx_splitter splitter;
	struct lx_sql_statement statement;
	lx_split_init(&splitter, step->sql, step->length);
	while (lx_split_next(&splitter, &statement)) {
		struct lx_sql_scanner scanner;
		size_t capacity = statement.length + 1;
		reader->tokens = LX_NEW_ARRAY(reader->arena, struct lx_sql_token, capacity + 1);
		reader->count = reader->at = 0;
		lx_sql_scan_init(&scanner, statement.start, statement.length);
		while (reader->count < capacity && lx_sql_scan(&scanner, &reader->tokens[reader->count]) != LX_SQL_END)
			reader->count++;
		reader->tokens[reader->count] = (struct lx_sql_token){.kind = LX_SQL_END, .start = ""};
		read_statement(reader);
	}
}

static void read_side(struct lx_arena *arena, const struct lx_history *history, const unsigned char *marks,
		      const unsigned char *others, struct lx_vec *uses)
{
	struct reader reader = {.arena = arena, .uses = uses};
	for (size_t i = 0; i < history->count; i++) {
		reader.revision = history->revisions[i];
		for (size_t j = 0; marks[i] && !others[i] && j < reader.revision->upgrade.step_count; j++)
			read_section(&reader, &reader.revision->upgrade.steps[j]);
	}
}

/* A is B, or B is a part of A. */
static bool covers(const char *a, const char *b)
{
	size_t length = strlen(a);
	return strncmp(a, b, length) == 0 && (b[length] == 0 || b[length] == '.');
}

static const char *judge(struct lx_arena *arena, const struct use *left, const struct use *right, const char **object)
{
	bool is_same = covers(left->name, right->name) || covers(right->name, left->name);
	*object = strlen(left->name) > strlen(right->name) ? left->name : right->name;
	if (left->is_change && right->is_change)
		return is_same
			   ? lx_arena_printf(arena, "changed by %s and by %s", left->revision->id, right->revision->id)
			   : NULL;
	const struct use *dropping = left->is_drop ? left : right, *using = left->is_drop ? right : left;
	*object = dropping->name;
	if (!dropping->is_drop || !covers(dropping->name, using->name))
		return NULL;
	return lx_arena_printf(arena, "dropped or renamed by %s, used by %s", dropping->revision->id,
			       using->revision->id);
}

void lx_clash_find(struct lx_arena *arena, const struct lx_history *history, const unsigned char *left,
		   const unsigned char *right, struct lx_vec *clashes)
{
	struct lx_vec ours = {0}, theirs = {0};
	read_side(arena, history, left, right, &ours);
	read_side(arena, history, right, left, &theirs);
	LX_EACH (const struct use *, one, &ours) {
		LX_EACH (const struct use *, other, &theirs) {
			const char *object, *text = judge(arena, one, other, &object);
			bool is_known = false;
			LX_EACH (const struct lx_clash *, known, clashes)
				is_known |= text && strcmp(known->object, object) == 0;
			if (!text || is_known)
				continue;
			struct lx_clash *clash = LX_NEW(arena, struct lx_clash);
			*clash = (struct lx_clash){one->revision, other->revision, object, text};
			lx_vec_push(arena, clashes, clash);
		}
	}
}

void lx_clash_needs(struct lx_arena *arena, const struct lx_history *history, struct lx_revision *revision,
		    struct lx_vec *needs)
{
	struct lx_vec ours = {0}, theirs = {0};
	unsigned char *below = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	unsigned char *own = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	unsigned char *none = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	unsigned char *others = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	lx_history_mark(history, &(struct lx_revision_set){&revision, 1}, below);
	own[revision->index] = 1;
	memset(others, 1, history->count);
	read_side(arena, history, own, none, &ours);
	read_side(arena, history, others, below, &theirs);
	for (size_t i = theirs.length; i-- > 0;) {
		const struct use *other = theirs.items[i];
		LX_EACH (const struct use *, one, &ours) {
			bool is_part = covers(other->name, one->name);
			if (!other->is_change || !(is_part || (one->is_change && covers(one->name, other->name))))
				continue;
			struct lx_clash *need = LX_NEW(arena, struct lx_clash);
			const char *text = lx_arena_printf(arena, "changed by %s", other->revision->id);
			*need = (struct lx_clash){revision, other->revision, is_part ? one->name : other->name, text};
			lx_vec_push(arena, needs, need);
		}
	}
}
