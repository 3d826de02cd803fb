/* SPDX-License-Identifier: Apache-2.0 */
#include "history/directive.h"

#include <string.h>

#include "base/arena.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

enum lx_status lx_revision_place(const struct lx_revision_parser *parser, const char *at, const char *help)
{
	unsigned line, column;
	lx_revision_position(parser->revision, at, &line, &column);
	lx_fail_where(parser->fail, "%s:%u:%u", parser->revision->path, line, column);
	lx_fail_help(parser->fail, "%s", help);
	return parser->fail ? parser->fail->status : LX_FAILED;
}

static const char *copy_value(struct lx_revision_parser *parser, const struct lx_directive *directive)
{
	char *copy = lx_arena_try_alloc(parser->arena, directive->value_length + 1);
	if (copy)
		memcpy(copy, directive->value, directive->value_length);
	return copy;
}

/* One-line text; it must be there. */
static enum lx_status read_text(struct lx_revision_parser *parser, const struct lx_directive *directive,
				const char **field)
{
	*field = copy_value(parser, directive);
	return *field ? LX_OK : no_memory(parser->fail);
}

static enum lx_status read_id(struct lx_revision_parser *parser, const struct lx_directive *directive,
			      const char **field)
{
	const char *why;
	if (!lx_revision_id_ok(directive->value, directive->value_length, &why)) {
		lx_fail(parser->fail, LX_FAILED, "L0301", "this cannot be the id of a revision: %s", why);
		return lx_revision_place(parser, directive->value, "give the revision an id of letters and digits");
	}
	return read_text(parser, directive, field);
}

static bool is_separator(char c)
{
	return c == ' ' || c == '\t' || c == ',';
}

static bool is_base(const char *word, size_t length)
{
	return (length == 6 && memcmp(word, "<base>", 6) == 0) || (length == 1 && *word == '-');
}

/* Cuts the value at spaces and commas; returns the words found, and files them in NAMES when it has room. */
static size_t cut_words(char *text, const char **items)
{
	size_t count = 0;
	for (char *p = text; *p;) {
		while (is_separator(*p))
			*p++ = 0;
		if (!*p)
			break;
		if (items)
			items[count] = p;
		count++;
		while (*p && !is_separator(*p))
			p++;
	}
	return count;
}

static enum lx_status read_names(struct lx_revision_parser *parser, const struct lx_directive *directive,
				 struct lx_names *names, bool may_be_base)
{
	char *text = lx_arena_try_alloc(parser->arena, directive->value_length + 1);
	const char **items = lx_arena_try_alloc(parser->arena, (directive->value_length / 2 + 2) * sizeof *items);
	if (!text || !items)
		return no_memory(parser->fail);
	memcpy(text, directive->value, directive->value_length);
	names->items = items;
	names->count = cut_words(text, items);
	if (may_be_base && names->count == 1 && is_base(items[0], strlen(items[0]))) {
		names->count = 0;
		return LX_OK;
	}
	const char *why = "a name is missing";
	bool ok = names->count > 0;
	for (size_t i = 0; ok && i < names->count; i++)
		ok = lx_revision_id_ok(items[i], strlen(items[i]), &why);
	if (ok)
		return LX_OK;
	lx_fail(parser->fail, LX_FAILED, "L0301", "this is no list of revision ids: %s", why);
	return lx_revision_place(parser, directive->value,
				 may_be_base ? "write the parents' ids with spaces between, or <base> for none"
					     : "write the names with spaces between");
}

/* ID, or ID:CHAIN. */
static const char *read_replaced_word(char *word, struct lx_replaced *replaced)
{
	char *colon = strchr(word, ':');
	const char *why = NULL;
	if (colon) {
		*colon = 0;
		replaced->chain = colon + 1;
		if (strlen(replaced->chain) != LX_SHA256_HEX - 1 ||
		    strspn(replaced->chain, "0123456789abcdef") != LX_SHA256_HEX - 1)
			return "what stands behind the colon is no chain";
	}
	replaced->id = word;
	return lx_revision_id_ok(word, strlen(word), &why) ? NULL : why;
}

static enum lx_status read_replaced(struct lx_revision_parser *parser, const struct lx_directive *directive)
{
	struct lx_revision *revision = parser->revision;
	char *text = lx_arena_try_alloc(parser->arena, directive->value_length + 1);
	size_t most = directive->value_length / 2 + 2;
	const char **words = lx_arena_try_alloc(parser->arena, most * sizeof *words), *why = NULL;
	revision->replaced = lx_arena_try_alloc(parser->arena, most * sizeof *revision->replaced);
	if (!text || !words || !revision->replaced)
		return no_memory(parser->fail);
	memcpy(text, directive->value, directive->value_length);
	revision->replaced_count = cut_words(text, words);
	bool has_chain = false;
	for (size_t i = 0; !why && i < revision->replaced_count; i++) {
		why = read_replaced_word(text + (words[i] - text), &revision->replaced[i]);
		has_chain |= revision->replaced[i].chain != NULL;
	}
	if (!why && !has_chain)
		why = "none of them has a chain";
	if (!why)
		return LX_OK;
	lx_fail(parser->fail, LX_FAILED, "L0301", "this is no list of what the revision replaces: %s", why);
	return lx_revision_place(parser, directive->value,
				 "lexo squash writes this line; restore it from version control");
}

enum lx_status lx_directive_close_step(struct lx_revision_parser *parser, const char *end)
{
	struct lx_section *section =
	    parser->part == LX_PART_UPGRADE ? &parser->revision->upgrade : &parser->revision->downgrade;
	if (!parser->step_start)
		return LX_OK;
	/* doubled at powers of two */
	size_t count = section->step_count;
	if ((count & (count - 1)) == 0) {
		struct lx_step *steps = lx_arena_try_alloc(parser->arena, (count ? 2 * count : 1) * sizeof *steps);
		if (!steps)
			return no_memory(parser->fail);
		if (count)
			memcpy(steps, section->steps, count * sizeof *steps);
		section->steps = steps;
	}
	section->steps[section->step_count++] = (struct lx_step){.sql = parser->step_start,
								 .length = (size_t)(end - parser->step_start),
								 .is_transactional = parser->step_is_transactional};
	parser->step_start = NULL;
	return LX_OK;
}

static enum lx_status misplaced(struct lx_revision_parser *parser, const struct lx_directive *directive,
				const char *help)
{
	lx_fail(parser->fail, LX_FAILED, "L0301", "lexo:%.*s is not allowed here", (int)directive->word_length,
		directive->word);
	return lx_revision_place(parser, directive->start, help);
}

static enum lx_status open_section(struct lx_revision_parser *parser, const struct lx_directive *directive,
				   enum lx_revision_part part)
{
	struct lx_section *section =
	    part == LX_PART_UPGRADE ? &parser->revision->upgrade : &parser->revision->downgrade;
	if (parser->part + 1 != part)
		return misplaced(parser, directive, "the order is: header, lexo:upgrade, lexo:downgrade");
	if (directive->value_length)
		return misplaced(parser, directive, "nothing may follow this word; remove the rest of the line");
	enum lx_status status = lx_directive_close_step(parser, directive->start);
	parser->part = part;
	parser->step_start = directive->end;
	parser->step_is_transactional = true;
	section->is_present = true;
	return status;
}

static enum lx_status open_step(struct lx_revision_parser *parser, const struct lx_directive *directive)
{
	static const char none[] = "transaction=none";
	if (parser->part == LX_PART_HEADER)
		return misplaced(parser, directive, "a step belongs to lexo:upgrade or lexo:downgrade");
	if (directive->value_length != sizeof none - 1 || memcmp(directive->value, none, sizeof none - 1) != 0)
		return misplaced(parser, directive, "the one kind of step is: -- lexo:step transaction=none");
	enum lx_status status = lx_directive_close_step(parser, directive->start);
	parser->step_start = directive->end;
	parser->step_is_transactional = false;
	return status;
}

static enum lx_status apply(struct lx_revision_parser *parser, enum lx_directive_row row,
			    const struct lx_directive *directive)
{
	struct lx_revision *revision = parser->revision;
	switch (row) {
	case LX_DIRECTIVE_REVISION:
		return read_id(parser, directive, &revision->id);
	case LX_DIRECTIVE_REVISES:
		return read_names(parser, directive, &revision->revises, true);
	case LX_DIRECTIVE_BESIDE:
		return read_names(parser, directive, &revision->beside, false);
	case LX_DIRECTIVE_DEPENDS_ON:
		return read_names(parser, directive, &revision->depends_on, false);
	case LX_DIRECTIVE_BRANCH:
		return read_names(parser, directive, &revision->labels, false);
	case LX_DIRECTIVE_REPLACES:
		return read_replaced(parser, directive);
	case LX_DIRECTIVE_MESSAGE:
		return read_text(parser, directive, &revision->message);
	case LX_DIRECTIVE_CREATED:
		return read_text(parser, directive, &revision->created);
	case LX_DIRECTIVE_STATE:
		return read_text(parser, directive, &revision->state);
	case LX_DIRECTIVE_IRREVERSIBLE:
		return read_text(parser, directive, &revision->irreversible);
	case LX_DIRECTIVE_UP:
		return open_section(parser, directive, LX_PART_UPGRADE);
	case LX_DIRECTIVE_DOWN:
		return open_section(parser, directive, LX_PART_DOWNGRADE);
	case LX_DIRECTIVE_STEP:
	case LX_DIRECTIVE_UNKNOWN:
		break;
	}
	return open_step(parser, directive);
}

enum lx_status lx_directive_read(struct lx_revision_parser *parser, const struct lx_directive *directive)
{
	static const char *const words[] = {"revision", "revises",    "message", "created",  "state",
					    "beside",   "depends-on", "branch",  "replaces", "irreversible",
					    "upgrade",  "downgrade",  "step"};
	enum lx_directive_row row = LX_DIRECTIVE_REVISION;
	while (row < LX_DIRECTIVE_UNKNOWN && (strlen(words[row]) != directive->word_length ||
					      memcmp(words[row], directive->word, directive->word_length) != 0))
		row++;
	if (row == LX_DIRECTIVE_UNKNOWN) {
		lx_fail(parser->fail, LX_FAILED, "L0301", "unknown directive lexo:%.*s",
			(int)(directive->word_length > 40 ? 40 : directive->word_length), directive->word);
		return lx_revision_place(parser, directive->start,
					 "the directives are: revision, revises, message, created, state, beside, "
					 "depends-on, branch, replaces, "
					 "irreversible, upgrade, downgrade, step");
	}
	if (row < LX_DIRECTIVE_UP && parser->part != LX_PART_HEADER)
		return misplaced(parser, directive, "it belongs to the header, before lexo:upgrade");
	if (row != LX_DIRECTIVE_STEP && (parser->seen & 1u << row)) {
		lx_fail(parser->fail, LX_FAILED, "L0301", "lexo:%s stands here a second time", words[row]);
		return lx_revision_place(parser, directive->start, "keep one of the two");
	}
	parser->seen |= 1u << row;
	return apply(parser, row, directive);
}
